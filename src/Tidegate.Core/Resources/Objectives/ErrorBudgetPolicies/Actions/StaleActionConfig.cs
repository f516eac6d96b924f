using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

/// <summary><c>stale</c>: kept answers are given without asking the service, where there are some (<c>stale.serve: always</c> of the routes).</summary>
[Variant("stale")]
public sealed record StaleActionConfig : TrafficActionConfig
{
    /// <summary>Routes that give them. Each keeps answers (<c>stale</c>).</summary>
    [Reference("Route")]
    public IReadOnlyList<string> Routes { get; init; } = [];

    /// <summary>Services: those of their routes that keep answers give them; each has one at least.</summary>
    [Reference("Service")]
    public IReadOnlyList<string> Services { get; init; } = [];
}
