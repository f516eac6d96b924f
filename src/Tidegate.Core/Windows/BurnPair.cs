namespace Tidegate.Core.Windows;

/// <summary>
/// A multi-window burn-rate alert (Site Reliability Workbook, chapter 5, "Multiwindow, Multi-Burn-Rate Alerts"): it fires when both windows burn at least at
/// the rate, so that the long one tells that it matters and the short one that it still goes on.
/// </summary>
/// <param name="Long">Long window.</param>
/// <param name="Short">Short window, usually a twelfth of the long one.</param>
/// <param name="Burn">Burn rate from which it fires; above 0.</param>
public readonly record struct BurnPair(TimeSpan Long, TimeSpan Short, double Burn)
{
    /// <summary>Share of the budget that has been used when the long window has burnt at the rate for its whole length.</summary>
    public double BudgetShare(TimeSpan period) => Burn * Long / period;

    /// <summary>The same windows for another period, so that the share of the budget they stand for stays the same.</summary>
    public BurnPair ScaledTo(TimeSpan from, TimeSpan to) => this with { Burn = Burn * (to / from) };

    /// <summary>True when not even a total outage reaches the rate: targets at or below 1 - 1 / burn (93.06 % for 14.4).</summary>
    public bool IsDead(double target) => target <= 1 - (1 / Burn);

    /// <summary>Time from the first bad event to firing when a share of events is bad; null when it never fires. After a good past.</summary>
    public TimeSpan? TimeToFire(double target, double errorRatio)
    {
        var need = (1 - target) / errorRatio * Burn;
        return need <= 1 ? need * Long : null;
    }

    /// <summary>Time from the last bad event until the short window no longer burns at the rate.</summary>
    public TimeSpan TimeToClear(double target, double errorRatio) => Math.Max(0, 1 - (Burn * (1 - target) / errorRatio)) * Short;

    /// <summary>Fewest events in the long window at which one failed event alone does not reach the rate.</summary>
    public long EventsAgainstOneFailure(double target)
    {
        // One of n fires when 1 / n >= burn * (1 - target); rounding of decimal targets must not move the border.
        var border = 1 / (Burn * (1 - target));
        var whole = (long)Math.Floor(border + 1e-9);
        return whole + 1;
    }
}
