using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>tighten</c>: the consumer that burns most gets tighter limits: its own, or where it has none, those of the routes for each consumer.</summary>
[Variant("tighten")]
public sealed record TightenActionConfig : TrafficActionConfig
{
    /// <summary>Routes whose limits are taken where the consumer has none of its own.</summary>
    [MinLength(1)]
    [Reference("Route")]
    public required IReadOnlyList<string> Routes { get; init; }

    /// <summary>What is left of the limits. Default 0.5.</summary>
    [Range(0.01, 1.0)]
    public double Factor { get; init; } = 0.5;

    /// <summary>Least share of the bad calls that are the consumer's: below it nobody is tightened. Default 0.5.</summary>
    [Range(0.01, 1.0)]
    public double MinShare { get; init; } = 0.5;
}
