namespace Tidegate.Platform.Budgets;

/// <summary>What is told of budgets in the event log; the data of each is a <see cref="Core.Ports.BudgetStatus"/>.</summary>
public static class BudgetEventTypes
{
    /// <summary>What is used has reached the soft limit: once per window, count and limit.</summary>
    public const string SoftLimitReached = "budgets.soft_limit_reached";

    /// <summary>The first call of a window was refused.</summary>
    public const string Exhausted = "budgets.exhausted";
}
