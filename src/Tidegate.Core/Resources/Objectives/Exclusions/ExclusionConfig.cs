using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.Exclusions;

/// <summary>Kind <c>Exclusion</c>: times that do not count against a budget. Every report shows the raw figure beside the adjusted one.</summary>
public sealed record ExclusionConfig
{
    /// <summary>Why, for whoever reads the report.</summary>
    public required string Reason { get; init; }

    /// <summary>Who decided it.</summary>
    public required string Author { get; init; }

    /// <summary>What it is: <c>maintenance</c>, <c>business_hours</c> (the times named are those outside of them), <c>load_test</c>, <c>chaos</c> or <c>other</c>.</summary>
    public required ExclusionCause Kind { get; init; }

    /// <summary>The SLOs and composites it is for.</summary>
    [Reference("SLO", "CompositeSLO")]
    public IReadOnlyList<string> Slos { get; init; } = [];

    /// <summary>The services it is for: all their SLOs.</summary>
    [Reference("Service", "openslo.Service")]
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>The times that do not count.</summary>
    [MinLength(1)]
    public required IReadOnlyList<PeriodConfig> Windows { get; init; }
}
