using Tidegate.Core.Calls;
using static Tidegate.Core.Calls.MetricKind;

namespace Tidegate.Insight.InboundAlerts;

/// <summary>The metrics of alerts from outside.</summary>
public static class InboundAlertMetricNames
{
    /// <summary>Name of the meter.</summary>
    public const string Meter = "Tidegate.InboundAlerts";

    /// <summary>Alerts that were told; <c>result</c> is a word of <see cref="InboundAlertResult"/>.</summary>
    public static MetricDefinition Told { get; } = new(
        "tidegate_inbound_alerts_total", Counter, "{alert}", "Alerts that programs outside told, by what became of each: fired, again, resolved, acknowledged, unknown, own, full, invalid; expired for those nobody spoke of any more.", "origin", "result");

    /// <summary>Those that fire.</summary>
    public static MetricDefinition Open { get; } = new("tidegate_inbound_alerts_open", Gauge, "{alert}", "Alerts from outside that fire, as this node saw it last.");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<MetricDefinition> All { get; } = [Told, Open];
}
