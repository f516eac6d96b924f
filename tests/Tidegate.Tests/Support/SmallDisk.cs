using System.Diagnostics;

namespace Tidegate.Tests.Support;

/// <summary>A file system of its own, a few megabytes in memory: it can be full or read-only without harm. Needs root; the test is skipped without.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly TempDirectory _directory = new();

    public SmallDisk(int megabytes, bool readOnly = false)
    {
        if (!OperatingSystem.IsLinux() || !Environment.IsPrivilegedProcess || Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m{(readOnly ? ",ro" : "")}", "tidegate-test", _directory.Path) != 0)
        {
            _directory.Dispose();
            Assert.Skip("Mounting a small file system needs Linux and root.");
        }
    }

    public string Path => _directory.Path;

    /// <summary>Takes all space that is left.</summary>
    public void Fill()
    {
        using var filler = new FileStream(_directory.Combine("filler"), FileMode.Append);
        var block = new byte[4096];
        try
        {
            while (true)
            {
                filler.Write(block);
                filler.Flush();
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }

    /// <summary>Gives it back.</summary>
    public void Empty() => File.Delete(_directory.Combine("filler"));

    public void MakeWritable() => Assert.Equal(0, Run("mount", "-o", "remount,rw", _directory.Path));

    public void Dispose()
    {
        Run("umount", "--lazy", _directory.Path);
        _directory.Dispose();
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        process.WaitForExit();
        return process.ExitCode;
    }
}
