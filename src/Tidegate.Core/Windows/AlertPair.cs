namespace Tidegate.Core.Windows;

/// <summary>
/// A multi-window burn-rate alert and its arithmetic (Site Reliability Workbook, "Alerting on SLOs"). It is on while the error ratio of both windows is at least
/// <see cref="Burn"/> times what the target allows.
/// </summary>
/// <param name="Long">The window that makes it about something.</param>
/// <param name="Short">The window that makes it about now.</param>
/// <param name="Burn">Burn rate: 1 uses the budget up in exactly its window.</param>
public readonly record struct AlertPair(TimeSpan Long, TimeSpan Short, decimal Burn)
{
    /// <summary>Error ratio from which it alerts.</summary>
    public decimal Threshold(decimal target) => Burn * (1 - target);

    /// <summary>True when not even an outage can make it alert: the ratio it waits for is above 1.</summary>
    public bool IsDead(decimal target) => target <= DeadAt;

    /// <summary>Targets at or below it make the pair dead: <c>1 - 1/burn</c>; 0 or less when none does.</summary>
    public decimal DeadAt => 1 - (1 / Burn);

    /// <summary>Share of the budget that is gone when it alerts.</summary>
    /// <param name="window">Window of the objective.</param>
    public decimal BudgetShare(TimeSpan window) => Burn * Long.Ticks / window.Ticks;

    /// <summary>Fewest events in the long window among which one failure alone is no alert: one more than <c>1 / (burn x (1 - target))</c>.</summary>
    public long FewestEvents(decimal target) => (long)Math.Floor(1 / Threshold(target)) + 1;

    /// <summary>How long errors of a constant ratio last until it alerts, after a time without any; null: never.</summary>
    public TimeSpan? TimeToFire(decimal target, decimal errors) => errors < Threshold(target) ? null : Long * (double)(Threshold(target) / errors);

    /// <summary>How long it stays on after errors of a constant ratio ended that filled the window that ends it; zero when they were too few.</summary>
    /// <param name="target">Target of the objective.</param>
    /// <param name="errors">Their ratio.</param>
    /// <param name="window">The window that ends it: <see cref="Short"/> or <see cref="Long"/>.</param>
    public TimeSpan TimeToClear(decimal target, decimal errors, TimeSpan window) => errors <= Threshold(target) ? TimeSpan.Zero : window * (double)(1 - (Threshold(target) / errors));
}
