using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Tidegate.Hosting;

/// <summary>
/// Files of a node are for its user alone: password hashes, addresses of callers, what models were asked. Libraries that create files of their own
/// (databases, their logs, their temporary files) know nothing of that, so the whole process is told.
/// </summary>
internal static partial class OwnerOnly
{
    private const uint NothingForOthers = 0b000_111_111;

    /// <summary>Every file and directory this process and its children create from now on. For processes that are a node, not for commands: what those write is where and how the user wants it.</summary>
    public static void FromNowOn()
    {
        if (!OperatingSystem.IsWindows()) _ = Umask(NothingForOthers);
    }

    /// <summary>A file that an earlier version may have made for everybody. One that belongs to somebody else stays as it is.</summary>
    [UnsupportedOSPlatform("windows")]
    public static void Restrict(string file)
    {
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            if ((File.GetUnixFileMode(file) & ~Owner) != UnixFileMode.None) File.SetUnixFileMode(file, Owner);
        }
        catch (UnauthorizedAccessException)
        {
            // It could be opened, so it is meant to be like that.
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);
}
