namespace Tidegate.Core.Resources.Budgets;

/// <summary>What a budget of money does with calls whose price is not known.</summary>
public enum UnknownPrice
{
    /// <summary>They go, and are counted as calls of unknown cost.</summary>
    Allow,

    /// <summary>They are refused.</summary>
    Refuse,
}
