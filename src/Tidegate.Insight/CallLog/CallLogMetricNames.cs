using Tidegate.Core.Calls;
using static Tidegate.Core.Calls.MetricKind;

namespace Tidegate.Insight.CallLog;

/// <summary>The metrics of the call log.</summary>
public static class CallLogMetricNames
{
    /// <summary>Name of the meter.</summary>
    public const string Meter = "Tidegate.CallLog";

    /// <summary>Records on disk since the process began.</summary>
    public static MetricDefinition Written { get; } = new("tidegate_call_records_written_total", Counter, "{record}", "Call records that are on disk.");

    /// <summary>Records dropped; <c>reason</c> is a word of <see cref="CallDropReasons"/>.</summary>
    public static MetricDefinition Dropped { get; } = new("tidegate_call_records_dropped_total", Counter, "{record}", "Call records that were dropped.", "reason");

    /// <summary>Records waiting.</summary>
    public static MetricDefinition Queued { get; } = new("tidegate_call_records_queued", Gauge, "{record}", "Call records waiting to be written.");

    /// <summary>Bytes on disk.</summary>
    public static MetricDefinition Bytes { get; } = new("tidegate_call_log_bytes", Gauge, "By", "Size of the call log on disk.");

    /// <summary>1 while it can be written.</summary>
    public static MetricDefinition Up { get; } = new("tidegate_call_log_up", Gauge, "", "1 while the call log can be opened and written, 0 when not.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } = [Written, Dropped, Queued, Bytes, Up];
}
