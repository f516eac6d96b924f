using System.Runtime;
using Tidegate.Models.Costs.Tokens;

namespace Tidegate.Hosting.Memory;

/// <summary>
/// Gives back what only the start, or a busy hour before, needed: garbage and the heap's spare room, free blocks of the C library, pages of libraries that
/// nobody reads any more, the vocabulary of the tokenizer. It waits for a quiet moment, because collecting stops calls for some tens of milliseconds (docs/decisions/0006-memory.md).
/// </summary>
internal sealed partial class MemoryTrim(TokenCounter tokens, TimeProvider time, ILogger<MemoryTrim> logger) : BackgroundService
{
    /// <summary>By then modules have opened their stores and first answers are compiled.</summary>
    private static readonly TimeSpan AfterStart = TimeSpan.FromSeconds(8);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(4);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(AfterStart, time, stoppingToken);
        var rule = new TrimRule();
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            if (!rule.IsQuiet(time.GetUtcNow(), GC.GetTotalAllocatedBytes()) || !rule.IsWorthIt(Environment.WorkingSet)) continue;
            Trim();
            rule.Trimmed(time.GetUtcNow(), Environment.WorkingSet);
        }
    }

    private void Trim()
    {
        var before = Environment.WorkingSet;
        tokens.Forget();
        var libraries = OperatingSystem.IsLinux() ? NativeMemory.Libraries() : [];
        var began = time.GetTimestamp();
        GCSettings.LargeObjectHeapCompactionMode = GCLargeObjectHeapCompactionMode.CompactOnce;
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var stopped = time.GetElapsedTime(began);
        if (OperatingSystem.IsLinux())
        {
            NativeMemory.TrimAllocator();
            NativeMemory.DropPages(libraries);
        }

        Log.Trimmed(logger, before >> 20, Environment.WorkingSet >> 20, (long)stopped.TotalMilliseconds);
    }

    private static partial class Log
    {
        [LoggerMessage(9030, LogLevel.Debug, "Memory given back: resident set {Before} MiB before, {After} MiB after; calls were stopped for {Stopped} ms")]
        public static partial void Trimmed(ILogger logger, long before, long after, long stopped);
    }
}
