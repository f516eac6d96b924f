namespace Tidegate.Gateway.Models.Budgets;

/// <summary>The budgets of a snapshot, ordered by name.</summary>
internal sealed class BudgetTable(BudgetModel[] budgets)
{
    /// <summary>None.</summary>
    public static BudgetTable Empty { get; } = new([]);

    /// <summary>All of them.</summary>
    public BudgetModel[] All { get; } = budgets;
}
