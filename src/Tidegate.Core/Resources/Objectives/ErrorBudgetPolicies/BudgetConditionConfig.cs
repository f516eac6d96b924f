using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.OpenSlo;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

/// <summary>A state of a budget.</summary>
public sealed record BudgetConditionConfig
{
    /// <summary>Less than so many percent of the budget are left. Below 0 when it is overdrawn.</summary>
    [Range(-10000.0, 100.0)]
    public decimal? BudgetLeftBelow { get; init; }

    /// <summary>It burns faster than this over <see cref="Over"/>.</summary>
    [Range(0.0, 1000000.0)]
    public decimal? BurnAbove { get; init; }

    /// <summary>Window of <see cref="BurnAbove"/>, such as <c>1h</c>.</summary>
    public DurationShorthand? Over { get; init; }

    /// <summary>Nothing of it is left. Default false: not asked.</summary>
    public bool Exhausted { get; init; }

    /// <summary>One incident used more than so many percent of it.</summary>
    [Range(0.0, 100.0)]
    public decimal? IncidentAbove { get; init; }
}
