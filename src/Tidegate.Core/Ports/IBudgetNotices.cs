namespace Tidegate.Core.Ports;

/// <summary>Gateway to Platform: what is worth telling of budgets. Told while a call ends, so it returns at once.</summary>
public interface IBudgetNotices
{
    /// <summary>Takes a notice over. The same one may come again, after a restart for example.</summary>
    void Tell(BudgetNotice notice);
}
