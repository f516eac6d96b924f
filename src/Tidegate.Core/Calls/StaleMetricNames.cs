using static Tidegate.Core.Calls.MetricKind;

namespace Tidegate.Core.Calls;

/// <summary>The metrics of answers that routes keep (<c>stale</c>), made by the meter <see cref="CallMetricNames.Meter"/>.</summary>
public static class StaleMetricNames
{
    /// <summary>Calls that got one; <c>reason</c>: on_error, always.</summary>
    public static MetricDefinition Answers { get; } = new("tidegate_stale_answers_total", Counter, "{call}", "Calls that were given a kept answer: because the service had none, or by rule.", "route", "reason");

    /// <summary>Answers kept since the start.</summary>
    public static MetricDefinition Stored { get; } = new("tidegate_stale_stored_total", Counter, "{answer}", "Answers of services that were kept.", "route");

    /// <summary>
    /// Answers with status 200 to GET that were not kept, or are no more; <c>reason</c>: not_allowed (by its headers), too_large, no_room (too much coming in at once), incomplete, evicted (for newer ones).
    /// </summary>
    public static MetricDefinition Dropped { get; } = new("tidegate_stale_dropped_total", Counter, "{answer}", "Answers of services that were not kept, or had to go for newer ones.", "route", "reason");

    /// <summary>Answers kept now, those that may not be given any more included.</summary>
    public static MetricDefinition Entries { get; } = new("tidegate_stale_entries", Gauge, "{answer}", "Answers of services that are kept.", "route");

    /// <summary>Memory they take.</summary>
    public static MetricDefinition Bytes { get; } = new("tidegate_stale_bytes", Gauge, "By", "Memory of the answers of services that are kept.", "route");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } = [Answers, Stored, Dropped, Entries, Bytes];
}
