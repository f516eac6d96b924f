namespace Tidegate.Core.Ports;

/// <summary>Gateway to the control plane: how budgets stand on this node.</summary>
public interface IBudgetStatus
{
    /// <summary>All counts, ordered by budget and part.</summary>
    IReadOnlyList<BudgetStatus> Budgets { get; }
}
