using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Actions;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

/// <summary>A condition, what is done then, and when it is taken back.</summary>
public sealed record BudgetPolicyRuleConfig
{
    /// <summary>Name in events, overlays and pages; unique in the policy.</summary>
    public required string Name { get; init; }

    /// <summary>When it acts: everything that is said must hold for one of the objectives.</summary>
    public required BudgetConditionConfig When { get; init; }

    /// <summary>When what it did is taken back. Default: when <see cref="When"/> has not held for ten minutes.</summary>
    public BudgetExitConfig Exit { get; init; } = new();

    /// <summary>What is done.</summary>
    [MinLength(1)]
    public required IReadOnlyList<BudgetActionConfig> Actions { get; init; }

    /// <summary>How long what it changes in traffic lasts at most. If the budget has not recovered by then, it is taken back all the same and people are told. Default 1 h.</summary>
    [DurationRange("1m", "30d")]
    public TimeSpan Lasts { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Shortest time from acting to taking it back. Default 5 m.</summary>
    [DurationRange("0s", "7d")]
    public TimeSpan MinActive { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Shortest time from taking it back to acting again. Default 10 m.</summary>
    [DurationRange("0s", "30d")]
    public TimeSpan CoolDown { get; init; } = TimeSpan.FromMinutes(10);
}
