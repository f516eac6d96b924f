using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Tidegate.Insight.Telemetry.Metrics;

/// <summary>Shows the process as metrics.</summary>
internal sealed class ProcessMetrics : IDisposable
{
    private readonly Meter _meter = new(TelemetryMetricNames.Meter);

    public ProcessMetrics()
    {
        var start = (new DateTimeOffset(Process.GetCurrentProcess().StartTime.ToUniversalTime()) - DateTimeOffset.UnixEpoch).TotalSeconds;
        var build = Build();
        TelemetryMetricNames.BuildInfo.Gauge(_meter, () => [new Measurement<long>(1, build)]);
        TelemetryMetricNames.Cpu.Counter(_meter, static () => Environment.CpuUsage.TotalTime.TotalSeconds);
        TelemetryMetricNames.ResidentMemory.Gauge(_meter, static () => [new Measurement<long>(Environment.WorkingSet)]);
        TelemetryMetricNames.StartTime.Gauge(_meter, () => [new Measurement<double>(start)]);
        // Not of /proc/self/fd: those are links, which the enumeration follows, into a disk that may not answer.
        if (OperatingSystem.IsLinux()) TelemetryMetricNames.OpenFiles.Gauge(_meter, static () => [new Measurement<long>(Directory.EnumerateFileSystemEntries("/proc/self/fdinfo").Count())]);
        ShowRuntime();
    }

    // Our own few: the instrumentation package shows pool lengths as counters and fails promtool on three names.
    private void ShowRuntime()
    {
        TelemetryMetricNames.Collections.Counter(_meter, static () => Enumerable.Range(0, GC.MaxGeneration + 1)
            // Each count includes the collections of higher generations.
            .Select(g => new Measurement<long>(GC.CollectionCount(g) - (g < GC.MaxGeneration ? GC.CollectionCount(g + 1) : 0), new KeyValuePair<string, object?>("generation", g))));
        TelemetryMetricNames.GcPause.Counter(_meter, static () => GC.GetTotalPauseDuration().TotalSeconds);
        TelemetryMetricNames.Allocated.Counter(_meter, static () => [new Measurement<long>(GC.GetTotalAllocatedBytes())]);
        TelemetryMetricNames.Heap.Gauge(_meter, static () => [new Measurement<long>(GC.GetGCMemoryInfo().HeapSizeBytes)]);
        TelemetryMetricNames.PoolThreads.Gauge(_meter, static () => [new Measurement<long>(ThreadPool.ThreadCount)]);
        TelemetryMetricNames.PoolQueue.Gauge(_meter, static () => [new Measurement<long>(ThreadPool.PendingWorkItemCount)]);
        TelemetryMetricNames.Contentions.Counter(_meter, static () => [new Measurement<long>(Monitor.LockContentionCount)]);
    }

    public void Dispose() => _meter.Dispose();

    private static KeyValuePair<string, object?>[] Build()
    {
        // 1.2.3+0123abcd
        var informational = Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+') ?? [""];
        return
        [
            new("version", informational[0]),
            new("commit", informational.Length > 1 ? informational[1] : ""),
            new("runtime", RuntimeInformation.FrameworkDescription),
        ];
    }
}
