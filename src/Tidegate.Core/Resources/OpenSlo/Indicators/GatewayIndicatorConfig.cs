using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>
/// Metric source <c>tidegate</c>: the gateway's own counters. Every call that fits the selectors is good, bad, or does not count. Written as <c>raw</c> of a
/// <c>ratioMetric</c> with <c>rawType: success</c>.
/// </summary>
public sealed record GatewayIndicatorConfig
{
    /// <summary>What makes a call good.</summary>
    public required GatewayMeasure Measure { get; init; }

    /// <summary>Only calls to these services. Empty (default): all.</summary>
    [Reference("Service")]
    public IReadOnlyList<string> Service { get; init; } = [];

    /// <summary>Only calls over these routes. Empty (default): all.</summary>
    [Reference("Route")]
    public IReadOnlyList<string> Route { get; init; } = [];

    /// <summary>Only calls that went to these versions. Empty (default): all.</summary>
    public IReadOnlyList<string> Version { get; init; } = [];

    /// <summary>Only calls of these consumers. Empty (default): all.</summary>
    [Reference("Consumer")]
    public IReadOnlyList<string> Consumer { get; init; } = [];

    /// <summary>Only calls of these teams. Empty (default): all.</summary>
    public IReadOnlyList<string> Team { get; init; } = [];

    /// <summary>Only calls of these models, by the names callers use. Empty (default): all.</summary>
    [Reference("Model")]
    public IReadOnlyList<string> Model { get; init; } = [];

    /// <summary>Only calls these providers answered. Empty (default): all.</summary>
    [Reference("Provider")]
    public IReadOnlyList<string> Provider { get; init; } = [];

    /// <summary>Only calls that went to these regions. Empty (default): all.</summary>
    public IReadOnlyList<string> Region { get; init; } = [];

    /// <summary>Only calls that these destinations answered, by name. Empty (default): all.</summary>
    public IReadOnlyList<string> Destination { get; init; } = [];

    /// <summary>
    /// Where good ends: a duration (<c>300ms</c>) for <c>latency</c>, <c>first_token</c>, <c>inter_token</c> and <c>freshness</c>; a number for
    /// <c>tokens_per_second</c>; money (<c>0.02 USD</c>) for <c>cost_per_good_answer</c>. The other measures have none.
    /// </summary>
    public string? Threshold { get; init; }

    /// <summary>
    /// Outcomes of calls that can be good, by the words of the call log. Default <c>ok</c>. With a threshold they must meet it too.
    /// </summary>
    public IReadOnlyList<string> Good { get; init; } = [];

    /// <summary>
    /// Outcomes of calls that are bad whatever else. Default for <c>availability</c>: what counts against the service (<c>upstream_error</c>, <c>timeout</c>,
    /// <c>unavailable</c>, <c>shed</c>, <c>truncated</c>, <c>gateway_error</c>); for the others: none. Outcomes that are neither good nor bad do not count.
    /// </summary>
    public IReadOnlyList<string> Bad { get; init; } = [];

    /// <summary>One objective for each value of this selector. Default: one for all calls.</summary>
    public GatewaySelector? GroupBy { get; init; }
}
