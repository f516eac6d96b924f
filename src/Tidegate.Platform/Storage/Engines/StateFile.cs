namespace Tidegate.Platform.Storage.Engines;

/// <summary>The file of the embedded state database and the directory around it, readable by their owner only.</summary>
internal sealed class StateFile(string dataDirectory)
{
    private const UnixFileMode OwnerDirectory = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    private readonly string _directory = System.IO.Path.GetFullPath(dataDirectory);

    public string Path => System.IO.Path.Combine(_directory, "state.db");

    public void Prepare()
    {
        try
        {
            CreateDirectory();
            CreateFile();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StateUnavailableException(StateFault.Unusable,
                $"The data directory {_directory} cannot be used: {error.Message} Choose another with --data, or give this user the right to write there.", error);
        }
    }

    public FileStream LockForMigration()
    {
        try
        {
            return new FileStream(Path + ".migrating", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error)
        {
            throw new StateUnavailableException(StateFault.Locked, $"Another process is migrating {Path}.", error);
        }
    }

    /// <summary>SQLite goes on writing to a file that was deleted under it; such a change must not be acknowledged.</summary>
    public void AssertStillThere()
    {
        if (!File.Exists(Path)) throw new StateUnavailableException(StateFault.Gone, $"The state database {Path} was removed while in use. Put it back and restart.");
    }

    private void CreateDirectory()
    {
        if (Directory.Exists(_directory)) return;
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(_directory);
        else Directory.CreateDirectory(_directory, OwnerDirectory);
    }

    // SQLite gives its -wal and -shm files the mode of the database file.
    private void CreateFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.ReadWrite };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = OwnerFile;
        using (new FileStream(Path, options)) { }
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(Path) & ~OwnerFile) != UnixFileMode.None) File.SetUnixFileMode(Path, OwnerFile);
    }
}
