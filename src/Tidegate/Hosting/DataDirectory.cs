using Tidegate.Cli;

namespace Tidegate.Hosting;

/// <summary>The data directory, held by this process alone: two instances on the same embedded stores would damage them.</summary>
internal sealed class DataDirectory : IDisposable
{
    private const string LockName = "tidegate.lock";

    // Beside the lock, because a locked file cannot be read either.
    private const string ProcessName = "tidegate.pid";
    private readonly FileStream _lock;

    private DataDirectory(string path, FileStream holder)
    {
        Path = path;
        _lock = holder;
    }

    /// <summary>Full path.</summary>
    public string Path { get; }

    /// <summary>Makes the directory when it is missing, proves that it can be written, and locks it.</summary>
    public static DataDirectory Open(string directory)
    {
        var path = System.IO.Path.GetFullPath(directory);
        var lockPath = System.IO.Path.Combine(path, LockName);
        try
        {
            Prepare(path);
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            throw new VerbFailure(ExitCode.DataDirectory, $"Cannot write the data directory {path}: {denied.Message.TrimEnd('.')}.") { Action = "Name another with --data or TIDEGATE_DATA." };
        }

        try
        {
            // The lock is the open file (flock), so it cannot outlive the process, however that ends. Only FileShare.None excludes others on Unix.
            var holder = new FileStream(lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            File.WriteAllText(System.IO.Path.Combine(path, ProcessName), $"{Environment.ProcessId}\n");
            if (!OperatingSystem.IsWindows())
            {
                OwnerOnly.Restrict(lockPath);
                OwnerOnly.Restrict(System.IO.Path.Combine(path, ProcessName));
            }

            return new DataDirectory(path, holder);
        }
        catch (IOException)
        {
            throw new VerbFailure(ExitCode.DataDirectory, $"The data directory {path} is in use by another tidegate{HolderOf(path)}.")
            {
                Action = "Stop that one, or give this one its own directory with --data.",
            };
        }
    }

    /// <summary>Whether the directory is there, or could be made, and can be written.</summary>
    public static bool CanBeWritten(string directory)
    {
        try
        {
            Prepare(directory);
            return true;
        }
        catch (Exception denied) when (denied is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Makes a directory of the data when it is missing. The stores hold password hashes and call logs: nobody else on the machine needs to read them.</summary>
    public static void Make(string path)
    {
        if (OperatingSystem.IsWindows()) Directory.CreateDirectory(path);
        else Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void Dispose() => _lock.Dispose();

    private static void Prepare(string path)
    {
        Make(path);
        var probe = System.IO.Path.Combine(path, $".probe.{Environment.ProcessId}");
        File.WriteAllText(probe, "");
        File.Delete(probe);
    }

    private static string HolderOf(string path)
    {
        try
        {
            return $" (process {File.ReadAllText(System.IO.Path.Combine(path, ProcessName)).Trim()})";
        }
        catch (IOException)
        {
            return "";
        }
    }
}
