namespace Tidegate.Core.Resources.Budgets;

/// <summary>Who has a count of its own in a budget.</summary>
public enum BudgetEach
{
    /// <summary>Nobody: all calls share one.</summary>
    All,

    /// <summary>Every consumer.</summary>
    Consumer,

    /// <summary>Every team.</summary>
    Team,

    /// <summary>Every key.</summary>
    Key,

    /// <summary>Every model, by the name callers use.</summary>
    Model,

    /// <summary>Every prompt.</summary>
    Prompt,
}
