using Tidegate.Core.Calls;
using static Tidegate.Core.Calls.MetricKind;

namespace Tidegate.Insight.Telemetry;

/// <summary>The metrics of the process. Those without <c>tidegate_</c> have the names that every Prometheus client library gives them.</summary>
public static class TelemetryMetricNames
{
    /// <summary>Name of the meter.</summary>
    public const string Meter = "Tidegate.Process";

    /// <summary>Always 1; what runs is in the labels.</summary>
    public static MetricDefinition BuildInfo { get; } = new("tidegate_build_info", Gauge, "", "What runs: version, commit and runtime as labels; always 1.", "version", "commit", "runtime");

    /// <summary>User and system CPU.</summary>
    public static MetricDefinition Cpu { get; } = new("process_cpu_seconds_total", Counter, "s", "User and system CPU time spent.");

    /// <summary>Resident memory.</summary>
    public static MetricDefinition ResidentMemory { get; } = new("process_resident_memory_bytes", Gauge, "By", "Resident memory.");

    /// <summary>Start of the process.</summary>
    public static MetricDefinition StartTime { get; } = new("process_start_time_seconds", Gauge, "s", "Start of the process, in seconds since 1970 UTC.");

    /// <summary>Open file descriptors; Linux only.</summary>
    public static MetricDefinition OpenFiles { get; } = new("process_open_fds", Gauge, "", "Open file descriptors.");

    /// <summary>Collections, by generation.</summary>
    public static MetricDefinition Collections { get; } = new("dotnet_gc_collections_total", Counter, "{collection}", "Garbage collections.", "generation");

    /// <summary>Time in which everything stood still for the collector.</summary>
    public static MetricDefinition GcPause { get; } = new("dotnet_gc_pause_seconds_total", Counter, "s", "Time paused for garbage collections.");

    /// <summary>Bytes allocated, ever.</summary>
    public static MetricDefinition Allocated { get; } = new("dotnet_gc_allocated_bytes_total", Counter, "By", "Bytes allocated on the managed heap.");

    /// <summary>Managed heap after the last collection.</summary>
    public static MetricDefinition Heap { get; } = new("dotnet_gc_heap_bytes", Gauge, "By", "Managed heap after the last collection, with fragmentation.");

    /// <summary>Threads of the pool.</summary>
    public static MetricDefinition PoolThreads { get; } = new("dotnet_threadpool_threads", Gauge, "{thread}", "Threads of the thread pool.");

    /// <summary>Work waiting for a thread: above zero for long means that something blocks.</summary>
    public static MetricDefinition PoolQueue { get; } = new("dotnet_threadpool_queued", Gauge, "{item}", "Work items waiting for a thread of the pool.");

    /// <summary>Contended locks.</summary>
    public static MetricDefinition Contentions { get; } = new("dotnet_lock_contentions_total", Counter, "{contention}", "Times a lock had to be waited for.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } =
        [BuildInfo, Cpu, ResidentMemory, StartTime, OpenFiles, Collections, GcPause, Allocated, Heap, PoolThreads, PoolQueue, Contentions];
}
