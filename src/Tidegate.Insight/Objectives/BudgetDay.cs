namespace Tidegate.Insight.Objectives;

/// <summary>A day of a budget.</summary>
/// <param name="Day">The date, on the clock that was asked for.</param>
/// <param name="Bad">What was bad, in the budget's unit.</param>
/// <param name="Total">All of it; 0 when nothing is known of the day.</param>
/// <param name="BudgetUsed">Share of the budget of the whole time that the day used; null when nothing is known of it.</param>
public sealed record BudgetDay(DateOnly Day, double Bad, double Total, double? BudgetUsed);
