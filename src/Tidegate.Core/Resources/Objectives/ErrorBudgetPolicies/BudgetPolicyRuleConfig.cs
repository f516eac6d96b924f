using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

/// <summary>A condition, what is done then, and when it is taken back.</summary>
public sealed record BudgetPolicyRuleConfig
{
    /// <summary>Name in events, overlays and pages; unique in the policy.</summary>
    public required string Name { get; init; }

    /// <summary>When it acts: everything that is said must hold.</summary>
    public required BudgetConditionConfig When { get; init; }

    /// <summary>When what it did is taken back. Default: when <see cref="When"/> has not held for ten minutes.</summary>
    public BudgetExitConfig Exit { get; init; } = new();

    /// <summary>What is done.</summary>
    [MinLength(1)]
    public required IReadOnlyList<BudgetActionConfig> Actions { get; init; }
}
