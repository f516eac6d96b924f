using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.OpenSlo.Slos;

/// <summary>One target of an SLO.</summary>
public sealed record SloObjectiveConfig
{
    /// <summary>Name for people and for whoever refers to it. Default: the SLO's; needed when there are several.</summary>
    public string? DisplayName { get; init; }

    /// <summary>How the value of a <c>thresholdMetric</c> is compared with <see cref="Value"/>: <c>lte</c>, <c>gte</c>, <c>lt</c> or <c>gt</c>.</summary>
    public ComparisonOperator? Op { get; init; }

    /// <summary>What the value of a <c>thresholdMetric</c> is compared with.</summary>
    public decimal? Value { get; init; }

    /// <summary>Share that must be good, above 0 and below 1: <c>0.999</c>. Either this or <see cref="TargetPercent"/>.</summary>
    public decimal? Target { get; init; }

    /// <summary>The same in percent, above 0 and below 100: <c>99.9</c>.</summary>
    public decimal? TargetPercent { get; init; }

    /// <summary>Share within a slice that makes it a good one, above 0, at most 1. Only, and always, with <c>Timeslices</c>.</summary>
    public decimal? TimeSliceTarget { get; init; }

    /// <summary>Length of a slice: a duration, or a number of minutes. With <c>Timeslices</c> and <c>RatioTimeslices</c>.</summary>
    [MinutesAllowed]
    public DurationShorthand? TimeSliceWindow { get; init; }

    /// <summary>Indicator of this objective alone, where the SLO has none of its own.</summary>
    public InlineSliConfig? Indicator { get; init; }

    /// <summary>Name of the <c>SLI</c> of this objective alone.</summary>
    [Reference("SLI")]
    public string? IndicatorRef { get; init; }

    /// <summary>Weight in the composite of the SLO's objectives, which have an indicator each; above 0. The composite is judged besides them where one of them has a weight; default 1 for the others.</summary>
    public decimal? CompositeWeight { get; init; }
}
