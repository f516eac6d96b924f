using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Support;

/// <summary>A file system of a few megabytes in memory, which a test can fill and make read-only. Needs root; without, the test is skipped.</summary>
internal sealed class SmallDisk : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private readonly TempDirectory _place = new();

    private SmallDisk()
    {
    }

    public string Path => _place.Path;

    private string Filler => _place.Combine("filler");

    public static async Task<SmallDisk> MountAsync(int megabytes)
    {
        if (System.Environment.UserName != "root") Assert.Skip("needs root, to mount a small file system");
        var disk = new SmallDisk();
        var mount = await ToolRun.OfAsync("/bin/mount", ["-t", "tmpfs", "-o", $"size={megabytes}m", "tidegate-test", disk.Path], Limit);
        if (mount.ExitCode == 0) return disk;
        disk._place.Dispose();
        Assert.Skip($"needs to mount a small file system, which is not allowed here: {mount.Errors.Trim()}");
        throw new InvalidOperationException();
    }

    /// <summary>Leaves not a byte.</summary>
    public void Fill()
    {
        try
        {
            using var file = new FileStream(Filler, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            var block = new byte[4096];
            while (true) file.Write(block);
        }
        catch (IOException)
        {
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(Filler);

    /// <summary>Remounts it.</summary>
    public async Task ReadOnlyAsync(bool on)
    {
        var run = await ToolRun.OfAsync("/bin/mount", ["-o", $"remount,{(on ? "ro" : "rw")}", Path], Limit);
        if (run.ExitCode != 0) Assert.Skip($"cannot remount here: {run.Errors.Trim()}");
    }

    public async ValueTask DisposeAsync()
    {
        (await ToolRun.OfAsync("/bin/umount", ["--lazy", Path], Limit)).Ends();
        _place.Dispose();
    }
}
