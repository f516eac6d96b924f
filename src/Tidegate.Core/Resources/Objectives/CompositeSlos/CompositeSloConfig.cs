using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.OpenSlo.Slos;

namespace Tidegate.Core.Resources.Objectives.CompositeSlos;

/// <summary>Kind <c>CompositeSLO</c>: one objective over several, for a journey of users through several services.</summary>
public sealed record CompositeSloConfig
{
    /// <summary>What it is for. Default empty.</summary>
    public string Description { get; init; } = "";

    /// <summary>What it is made of.</summary>
    [MinLength(2)]
    public required IReadOnlyList<CompositePartConfig> Parts { get; init; }

    /// <summary>How the parts are joined: <c>weighted</c> (default) or <c>any_bad</c>.</summary>
    public CompositeMethod Method { get; init; } = CompositeMethod.Weighted;

    /// <summary>Share that must be good, above 0 and below 1. Either this or <see cref="TargetPercent"/>.</summary>
    public decimal? Target { get; init; }

    /// <summary>The same in percent.</summary>
    public decimal? TargetPercent { get; init; }

    /// <summary>The time over which it holds: exactly one, as in an SLO.</summary>
    [MinLength(1)]
    public required IReadOnlyList<TimeWindowConfig> TimeWindow { get; init; }

    /// <summary>When it alerts, as in an SLO. Empty (default): the built-in set nearest to the window.</summary>
    public IReadOnlyList<SloAlertPolicyConfig> AlertPolicies { get; init; } = [];
}
