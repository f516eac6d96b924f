using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

/// <summary>When what a rule did is taken back: everything that is said must hold, for a while. Further away than the condition, so that a budget at the border does not switch to and fro.</summary>
public sealed record BudgetExitConfig
{
    /// <summary>More than so many percent of the budget are left again. Default: as many as the rule's <c>budgetLeftBelow</c>.</summary>
    [Range(-10000.0, 100.0)]
    public decimal? BudgetLeftAbove { get; init; }

    /// <summary>It burns more slowly than this over the rule's window. Default: the rule's <c>burnAbove</c>.</summary>
    [Range(0.0, 1000000.0)]
    public decimal? BurnBelow { get; init; }

    /// <summary>Window of <see cref="BurnBelow"/>. Default: the rule's.</summary>
    public DurationShorthand? Over { get; init; }

    /// <summary>How long it must hold. Default 10 m.</summary>
    [DurationRange("0s", "7d")]
    public TimeSpan After { get; init; } = TimeSpan.FromMinutes(10);
}
