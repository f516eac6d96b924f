using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

/// <summary>Whose budgets a policy looks at.</summary>
public sealed record BudgetPolicyScopeConfig
{
    /// <summary>Budgets of these SLOs and composites.</summary>
    [Reference("SLO", "CompositeSLO")]
    public IReadOnlyList<string> Slos { get; init; } = [];

    /// <summary>Budgets of all SLOs of these services.</summary>
    [Reference("Service", "openslo.Service")]
    public IReadOnlyList<string> Services { get; init; } = [];
}
