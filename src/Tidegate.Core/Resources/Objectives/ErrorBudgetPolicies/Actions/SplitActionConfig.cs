using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>split</c>: a route's split is shifted, as far towards the wanted one as the bounds allow.</summary>
[Variant("split")]
public sealed record SplitActionConfig : TrafficActionConfig
{
    /// <summary>The route. It leads to a service or to a split.</summary>
    [Reference("Route")]
    public required string Route { get; init; }

    /// <summary>Its split from then on.</summary>
    [MinLength(1)]
    public required IReadOnlyList<SplitConfig> Split { get; init; }

    /// <summary>Most percentage points of the route's calls that a branch may win or lose. Default 100.</summary>
    [Range(1.0, 100.0)]
    public double MaxShift { get; init; } = 100;

    /// <summary>Percent of the route's calls that every branch keeps that has as much before. Default 0: branches may be emptied.</summary>
    [Range(0.0, 50.0)]
    public double MinShare { get; init; }
}
