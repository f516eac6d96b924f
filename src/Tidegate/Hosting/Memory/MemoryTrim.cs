using System.Runtime;

namespace Tidegate.Hosting.Memory;

/// <summary>
/// Gives back, once, what only the start needed: garbage and the heap's spare room, free blocks of the C library, pages of libraries that only the loader
/// read. It waits for a quiet moment, because collecting stops calls for some milliseconds (docs/decisions/0006-memory.md).
/// </summary>
internal sealed partial class MemoryTrim(TimeProvider time, ILogger<MemoryTrim> logger) : BackgroundService
{
    /// <summary>By then modules have opened their stores and first answers are compiled.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(1);

    /// <summary>Allocated in a quiet second at most: health checks and timers stay below, 200 calls do not.</summary>
    private const long QuietBytes = 1 << 20;

    /// <summary>A node that has had traffic for so long has its working set: there is nothing of the start left to give back.</summary>
    private const int Tries = 120;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(AfterStart, time, stoppingToken);
        for (var i = 0; i < Tries; i++)
        {
            var before = GC.GetTotalAllocatedBytes();
            await Task.Delay(Quiet, time, stoppingToken);
            if (GC.GetTotalAllocatedBytes() - before > QuietBytes) continue;
            Trim();
            return;
        }
    }

    private void Trim()
    {
        var before = Environment.WorkingSet;
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        if (OperatingSystem.IsLinux())
        {
            NativeMemory.TrimAllocator();
            NativeMemory.DropLibraryPages();
        }

        Log.Trimmed(logger, before >> 20, Environment.WorkingSet >> 20);
    }

    private static partial class Log
    {
        [LoggerMessage(9030, LogLevel.Debug, "Memory of the start given back: resident set {Before} MiB before, {After} MiB after")]
        public static partial void Trimmed(ILogger logger, long before, long after);
    }
}
