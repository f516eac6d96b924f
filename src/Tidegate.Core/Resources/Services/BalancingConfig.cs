using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>How a destination is chosen among those that may be used.</summary>
public sealed record BalancingConfig
{
    /// <summary>Name of the policy. Default <c>peakEwma</c>.</summary>
    [AllowedValues("roundRobin", "leastRequests", "peakEwma", "weighted", "consistentHash", "sticky")]
    public string Policy { get; init; } = "peakEwma";

    /// <summary>What <c>consistentHash</c> hashes.</summary>
    public HashConfig Hash { get; init; } = new();

    /// <summary>Cookie of <c>sticky</c>.</summary>
    public StickyConfig Sticky { get; init; } = new();

    /// <summary>A destination that is new or has recovered gets a share growing from a tenth to all of its weight in this time. Default 0: at once.</summary>
    [DurationRange("0s", "1h")]
    public TimeSpan SlowStart { get; init; }

    /// <summary>When the healthy share of a zone or priority falls below this, part of its calls goes to the next, in proportion. Default 0.7 (Envoy's over-provisioning factor 1.4).</summary>
    [Range(0.0, 1.0)]
    public double SpillOverBelow { get; init; } = 0.7;

    /// <summary>When fewer than this share of all destinations is healthy, health is ignored and all are used (panic). Default 0: never.</summary>
    [Range(0.0, 1.0)]
    public double PanicBelow { get; init; }
}
