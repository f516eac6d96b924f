namespace Tidegate.Core.Windows;

/// <summary>
/// Periods of a calendar in a time zone: each begins a whole number of days, weeks, months, quarters or years after the first, by the clock on the wall. A local
/// time that does not exist (clocks went forward) is the next instant that does; one that exists twice is the first of the two.
/// </summary>
/// <param name="First">Local time at which some period begins.</param>
/// <param name="Count">Length of a period in <paramref name="Unit"/>; above 0.</param>
/// <param name="Unit">Unit of the calendar.</param>
/// <param name="Zone">Whose clock on the wall.</param>
public sealed record CalendarPeriods(DateTime First, int Count, CalendarUnit Unit, TimeZoneInfo Zone)
{
    /// <summary>The period a moment is in: from its beginning up to but without its end.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) At(DateTimeOffset moment)
    {
        var local = TimeZoneInfo.ConvertTime(moment, Zone).DateTime;
        var k = Guess(local);
        // Around changes of the clock and ends of months the guess is one off.
        while (StartOf(k) > moment) k--;
        while (StartOf(k + 1) <= moment) k++;
        return (StartOf(k), StartOf(k + 1));
    }

    private int Guess(DateTime local) => Unit switch
    {
        CalendarUnit.Day => (int)Math.Floor((local - First).TotalDays / Count),
        CalendarUnit.Week => (int)Math.Floor((local - First).TotalDays / (7.0 * Count)),
        _ => (int)Math.Floor((((local.Year - First.Year) * 12) + local.Month - First.Month) / (double)Months),
    };

    private int Months => Count * (Unit switch { CalendarUnit.Quarter => 3, CalendarUnit.Year => 12, _ => 1 });

    // Counted from the first each time: a 31st that became a 28th is a 31st again in the next month that has one.
    private DateTimeOffset StartOf(int k) => ToInstant(Unit switch
    {
        CalendarUnit.Day => First.AddDays((double)k * Count),
        CalendarUnit.Week => First.AddDays(7.0 * k * Count),
        _ => First.AddMonths(k * Months),
    });

    private DateTimeOffset ToInstant(DateTime local)
    {
        if (Zone.IsAmbiguousTime(local)) return new DateTimeOffset(local, Zone.GetAmbiguousTimeOffsets(local).Max());
        // Gaps are whole minutes long, and no longer than a day.
        while (Zone.IsInvalidTime(local)) local = new DateTime(local.Ticks - (local.Ticks % TimeSpan.TicksPerMinute)).AddMinutes(1);
        return new DateTimeOffset(local, Zone.GetUtcOffset(local));
    }
}
