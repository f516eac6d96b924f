using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>split</c>: a route'\''s split is shifted.</summary>
[Variant("split")]
public sealed record SplitActionConfig : TrafficActionConfig
{
    /// <summary>The route.</summary>
    [Reference("Route")]
    public required string Route { get; init; }

    /// <summary>Its split from then on.</summary>
    [MinLength(1)]
    public required IReadOnlyList<SplitConfig> Split { get; init; }
}
