namespace Tidegate.Core.Ports;

/// <summary>Gateway to Platform: where counts of budgets outlive a restart. Never asked while a call waits.</summary>
public interface IBudgetStore
{
    /// <summary>What was saved last; empty when nothing can be read.</summary>
    IReadOnlyList<SavedBudget> Load();

    /// <summary>Replaces what is saved, durably. False when it could not be; the reason is logged.</summary>
    bool Save(IReadOnlyList<SavedBudget> counts);
}
