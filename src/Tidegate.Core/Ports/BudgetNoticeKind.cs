namespace Tidegate.Core.Ports;

/// <summary>What is told of a budget.</summary>
public enum BudgetNoticeKind
{
    /// <summary>What is used has reached the soft limit.</summary>
    SoftLimitReached,

    /// <summary>The first call of the window was refused.</summary>
    Exhausted,
}
