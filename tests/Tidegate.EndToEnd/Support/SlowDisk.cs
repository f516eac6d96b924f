using Tidegate.EndToEnd.Support.Processes;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Support;

/// <summary>
/// A file system that stops answering when a test says so: a directory seen through bindfs (FUSE), whose process is paused. Whoever reads or writes then waits in
/// the kernel, as with a disk that hangs or a network file system whose server is away. Needs root and /dev/fuse; without, the test is skipped.
/// </summary>
internal sealed class SlowDisk : IAsyncDisposable
{
    private const string Program = "/usr/bin/bindfs";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly TempDirectory _behind = new();
    private readonly TempDirectory _place = new();
    private readonly ChildProcess _server;

    private SlowDisk() => _server = ChildProcess.Start(Program, ["-f", _behind.Path, _place.Path]);

    public string Path => _place.Path;

    public static async Task<SlowDisk> MountAsync()
    {
        if (System.Environment.UserName != "root") Assert.Skip("needs root, to mount a file system");
        if (!File.Exists(Program) || !File.Exists("/dev/fuse")) Assert.Skip($"needs {Program} (Debian package bindfs) and /dev/fuse");
        var disk = new SlowDisk();
        try
        {
            await Eventually.IsTrueAsync(async () => disk._server.HasExited || (await File.ReadAllTextAsync("/proc/mounts")).Contains($" {disk.Path} fuse", StringComparison.Ordinal), Limit, "the file system is mounted");
            if (disk._server.HasExited) Assert.Skip($"needs to mount a file system, which is not allowed here: {disk._server.Errors.Text}");
            return disk;
        }
        catch
        {
            await disk.DisposeAsync();
            throw;
        }
    }

    /// <summary>Nothing is answered until the result is disposed of: before whoever waits for it is, because not even SIGKILL ends a process that waits for a disk.</summary>
    public IDisposable Stall()
    {
        _server.Pause();
        return new Pause(_server);
    }

    public async ValueTask DisposeAsync()
    {
        await ToolRun.OfAsync("/bin/umount", ["--lazy", Path], Limit);
        await _server.DisposeAsync();
        _place.Dispose();
        _behind.Dispose();
    }

    private sealed class Pause(ChildProcess server) : IDisposable
    {
        public void Dispose() => server.Resume();
    }
}
