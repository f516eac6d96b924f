using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>hedging_off</c>: no second attempts are sent ahead of time.</summary>
[Variant("hedging_off")]
public sealed record HedgingOffActionConfig : TrafficActionConfig
{
    /// <summary>Services that stop hedging.</summary>
    [Reference("Service")]
    public IReadOnlyList<string> Services { get; init; } = [];

    /// <summary>Model aliases that stop hedging.</summary>
    [Reference("Model")]
    public IReadOnlyList<string> Models { get; init; } = [];
}
