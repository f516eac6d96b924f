using Tidegate.Core.Resources.OpenSlo;

namespace Tidegate.Core.Windows;

/// <summary>
/// The arithmetic of error budgets (Site Reliability Workbook, "Alerting on SLOs" and appendix "Error Budget Policy"). A budget is the share that may be bad:
/// 1 - target. Pure functions; targets are above 0 and below 1.
/// </summary>
public static class ErrorBudget
{
    private const double LastDigits = 1e-12;

    /// <summary>How fast a budget burns: 1 uses all of it in exactly one period. Null when nothing was seen.</summary>
    public static double? BurnRate(Tally seen, double target) => seen.ErrorRatio / (1 - target);

    /// <summary>Share of the budget that is left: 1 untouched, 0 used up, below 0 overrun. Null when nothing was seen.</summary>
    public static double? Left(Tally seen, double target) => 1 - BurnRate(seen, target);

    /// <summary>What may still be bad before the budget is used up, in the unit of the tally; below 0 when it is overrun.</summary>
    public static double Remaining(Tally seen, double target) => (seen.Total * (1 - target)) - seen.Bad;

    /// <summary>
    /// How long the rest lasts at a burn rate; zero when it has ended, null when it does not end: of a rolling period comes back what is used at a rate of 1, and of a calendar's a new one may begin first.
    /// </summary>
    /// <param name="left">Share of the budget that is left.</param>
    /// <param name="burn">Burn rate it goes on with.</param>
    /// <param name="period">Length of the period the budget is for.</param>
    /// <param name="next">Time until the next period of a calendar begins; null for a rolling one.</param>
    public static TimeSpan? TimeLeft(double left, double burn, TimeSpan period, TimeSpan? next)
    {
        if (left <= 0) return TimeSpan.Zero;
        if (burn <= (next is null ? 1 : 0)) return null;
        var ticks = left / burn * period.Ticks;
        return ticks >= (next ?? TimeSpan.MaxValue).Ticks ? null : TimeSpan.FromTicks((long)ticks);
    }

    /// <summary>What a slice of time contributes, in the unit of the method. A slice without events contributes nothing.</summary>
    /// <param name="method">Budgeting method.</param>
    /// <param name="events">Bad and all events of the slice.</param>
    /// <param name="sliceTarget">For Timeslices: share of good events from which the slice is good.</param>
    public static Tally UnitOf(BudgetingMethod method, Tally events, double sliceTarget) => method switch
    {
        BudgetingMethod.Occurrences => events,
        _ when events.IsEmpty => Tally.None,
        // Parts of a stretch have its ratio but for the last digits.
        BudgetingMethod.Timeslices => new((events.Total - events.Bad) / events.Total >= sliceTarget - LastDigits ? 0 : 1, 1),
        _ => new(events.Bad / events.Total, 1),
    };

    /// <summary>
    /// The interval that holds the true share of bad events with a confidence (Wilson's score interval, which stays within 0 to 1 and is honest for few events).
    /// Null when nothing was seen.
    /// </summary>
    /// <param name="seen">Bad and all events, as if drawn independently.</param>
    /// <param name="z">Quantile of the normal distribution: 1.96 for 95 %.</param>
    public static (double Low, double High)? Confidence(Tally seen, double z = 1.959964)
    {
        if (seen.ErrorRatio is not { } ratio) return null;
        var n = seen.Total;
        var z2 = z * z;
        var middle = (ratio + (z2 / (2 * n))) / (1 + (z2 / n));
        var half = z / (1 + (z2 / n)) * Math.Sqrt((ratio * (1 - ratio) / n) + (z2 / (4 * n * n)));
        return (Math.Max(0, middle - half), Math.Min(1, middle + half));
    }
}
