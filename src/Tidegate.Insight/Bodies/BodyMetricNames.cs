using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using static Tidegate.Core.Calls.MetricKind;

namespace Tidegate.Insight.Bodies;

/// <summary>The metrics of the log of bodies.</summary>
public static class BodyMetricNames
{
    /// <summary>Name of the meter.</summary>
    public const string Meter = "Tidegate.Bodies";

    /// <summary>Calls whose bodies are on disk.</summary>
    public static MetricDefinition Written { get; } = new("tidegate_call_bodies_written_total", Counter, "{call}", "Calls whose bodies are on disk.");

    /// <summary>Calls whose bodies were dropped; <c>reason</c> is a word of <see cref="CallDropReasons"/>.</summary>
    public static MetricDefinition Dropped { get; } = new("tidegate_call_bodies_dropped_total", Counter, "{call}", "Calls whose bodies were to be kept and were dropped.", "reason");

    /// <summary>Memory for bodies of calls under way, and of those that wait to be written.</summary>
    public static MetricDefinition Reserved { get; } = new("tidegate_call_bodies_reserved_bytes", Gauge, "By", "Memory reserved for bodies of calls under way and for those waiting to be written.");

    /// <summary>Bytes on disk.</summary>
    public static MetricDefinition Bytes { get; } = new("tidegate_call_bodies_bytes", Gauge, "By", "Size of the log of bodies on disk.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } = [Written, Dropped, Reserved, Bytes];
}
