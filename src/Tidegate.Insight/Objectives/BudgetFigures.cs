using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives;

/// <summary>A budget over a time.</summary>
/// <param name="Bad">What was bad, in the budget's unit.</param>
/// <param name="Total">All of it.</param>
/// <param name="Ratio">Share that was good; null when nothing was seen.</param>
/// <param name="BudgetLeft">Share of the budget that is left: 1 untouched, below 0 overrun; null when nothing was seen.</param>
public sealed record BudgetFigures(double Bad, double Total, double? Ratio, double? BudgetLeft)
{
    /// <summary>Of what was seen, at a target.</summary>
    public static BudgetFigures Of(Tally seen, double target) => new(seen.Bad, seen.Total, 1 - seen.ErrorRatio, ErrorBudget.Left(seen, target));

    /// <summary>The same at another target.</summary>
    public BudgetFigures At(double target) => Of(new Tally(Bad, Total), target);
}
