namespace Tidegate.Gateway.Models.Budgets;

/// <summary>What a call holds of one budget.</summary>
/// <param name="budget">The budget.</param>
/// <param name="part">Whose count it is; empty when all share one.</param>
/// <param name="account">The account the call counts in.</param>
/// <param name="wanted">What one attempt may use.</param>
internal sealed class BudgetShare(BudgetModel budget, string part, BudgetAccount account, BudgetAmount wanted)
{
    private BudgetAmount _held;

    /// <summary>The budget.</summary>
    public BudgetModel Budget { get; } = budget;

    /// <summary>Whose count it is; empty when all share one.</summary>
    public string Part { get; } = part;

    /// <summary>The account the call counts in.</summary>
    public BudgetAccount Account { get; } = account;

    /// <summary>What one attempt may use.</summary>
    public BudgetAmount Wanted { get; } = wanted;

    /// <summary>Holds as much as an attempt may use. False when there is no room; what was held before stays.</summary>
    public bool TopUp(DateTime now)
    {
        var more = Wanted - _held;
        if (!Account.TryReserve(more, Budget.Limits, now)) return false;
        _held += more;
        return true;
    }

    /// <summary>Holds as much again. False when there is no room.</summary>
    public bool TryAnother(DateTime now)
    {
        if (!Account.TryReserve(Wanted, Budget.Limits, now)) return false;
        _held += Wanted;
        return true;
    }

    /// <summary>Gives back what was held for another attempt.</summary>
    public void DropAnother()
    {
        var another = BudgetAmount.Least(_held, Wanted);
        Account.Release(another);
        _held -= another;
    }

    /// <summary>Books what an attempt used. True when the soft limit is reached by it, for the first time in the window.</summary>
    public bool Settle(BudgetAmount used, bool unknownCost, DateTime now)
    {
        var settled = BudgetAmount.Least(_held, used);
        _held -= settled;
        return Account.Settle(settled, used, unknownCost, Budget.Limits, now);
    }

    /// <summary>Gives back what is held.</summary>
    public void Release()
    {
        if (_held == default) return;
        Account.Release(_held);
        _held = default;
    }
}
