using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

/// <summary>Kind <c>ErrorBudgetPolicy</c>: what is done when a budget runs low. What changes traffic is an overlay with the budget as its evidence, and takes itself back.</summary>
public sealed record ErrorBudgetPolicyConfig
{
    /// <summary>Whose budgets.</summary>
    public required BudgetPolicyScopeConfig For { get; init; }

    /// <summary>Looked at in their order; all that hold act.</summary>
    [MinLength(1)]
    public required IReadOnlyList<BudgetPolicyRuleConfig> Rules { get; init; }

    /// <summary>Most overlays that all rules together make in an hour; those beyond wait. Default 6.</summary>
    [Range(1, 100)]
    public int OverlaysPerHour { get; init; } = 6;

    /// <summary>Instant from which the policy does nothing any more. Default: never.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>True says what would be done, and does nothing. Default false.</summary>
    public bool DryRun { get; init; }
}
