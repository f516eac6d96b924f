namespace Tidegate.Core.Resources.Budgets;

/// <summary>How long a budget counts until it starts over.</summary>
public enum BudgetWindow
{
    /// <summary>Minutes of the clock.</summary>
    Minute,

    /// <summary>Hours of the clock.</summary>
    Hour,

    /// <summary>Days, from local midnight: of 23 or 25 hours where clocks change.</summary>
    Day,

    /// <summary>Weeks, from Monday.</summary>
    Week,

    /// <summary>Months, from the first.</summary>
    Month,
}
