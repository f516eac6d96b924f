namespace Tidegate.Gateway.Models.Budgets;

/// <summary>
/// The count of one budget: what calls have used in the window, and what is held for those under way. A call counts in the window in which it is settled; what is held
/// goes over into the next window, so that no window is overrun by calls that began in the one before.
/// </summary>
internal sealed class BudgetAccount(BudgetCalendar calendar)
{
    private readonly Lock _gate = new();
    private DateTime _start, _end;
    private BudgetAmount _used, _reserved;
    private long _unknown, _refused;
    private double _softShareTold; // share of the limit that was told of last; 0 for none

    /// <summary>Holds an amount. False when limits would be overrun; then nothing is held.</summary>
    public bool TryReserve(BudgetAmount amount, in BudgetLimits limits, DateTime now)
    {
        lock (_gate)
        {
            Roll(now);
            if (!limits.Admits(_used + _reserved + amount)) return false;
            _reserved += amount;
            return true;
        }
    }

    /// <summary>Lets go of what was held.</summary>
    public void Release(BudgetAmount held)
    {
        lock (_gate) _reserved -= held;
    }

    /// <summary>Books what was used, in the place of what was held for it. True when the soft limit is reached for the first time in this window; another limit is another one.</summary>
    public bool Settle(BudgetAmount held, BudgetAmount used, bool unknownCost, in BudgetLimits limits, DateTime now)
    {
        lock (_gate)
        {
            Roll(now);
            _reserved -= held;
            _used += used;
            if (unknownCost) _unknown++;
            if (_softShareTold == limits.SoftShare || !limits.IsSoft(_used)) return false;
            _softShareTold = limits.SoftShare;
            return true;
        }
    }

    /// <summary>Counts a refused call. True for the first of this window.</summary>
    public bool Refuse(DateTime now)
    {
        lock (_gate)
        {
            Roll(now);
            return ++_refused == 1;
        }
    }

    /// <summary>What is in it now.</summary>
    public BudgetCount Read(DateTime now)
    {
        lock (_gate)
        {
            Roll(now);
            return new BudgetCount(_start, _end, _used, _reserved, _unknown, _refused, _softShareTold);
        }
    }

    /// <summary>Takes over what was counted before a restart, when its window is not over and nothing has been counted since.</summary>
    public void Restore(in BudgetCount count, DateTime now)
    {
        lock (_gate)
        {
            Roll(now);
            if (count.Start != _start || _used != default) return;
            (_used, _unknown, _refused, _softShareTold) = (count.Used, count.UnknownCost, count.Refused, count.SoftShareTold);
        }
    }

    // A clock that is set back does not open a window again.
    private void Roll(DateTime now)
    {
        if (now < _end) return;
        (_start, _end) = calendar.Of(now);
        (_used, _unknown, _refused, _softShareTold) = (default, 0, 0, 0);
    }
}
