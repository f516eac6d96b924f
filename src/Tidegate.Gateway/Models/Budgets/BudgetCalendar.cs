using Tidegate.Core.Resources.Budgets;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>
/// The windows of a calendar, one after the other without gap or overlap. Days, weeks and months begin at local midnight; where clocks change a midnight that does not
/// exist is the next instant that does, and of two the first. Minutes and hours are those the clock shows; where it is moved, a window ends.
/// </summary>
internal sealed class BudgetCalendar(BudgetWindow window, TimeZoneInfo zone)
{
    /// <summary>The window an instant lies in: its first instant, and the first of the next one. UTC.</summary>
    public (DateTime Start, DateTime End) Of(DateTime utc) => window is BudgetWindow.Minute ? ByClock(utc, TimeSpan.TicksPerMinute) : window is BudgetWindow.Hour ? ByClock(utc, TimeSpan.TicksPerHour) : ByDate(utc);

    private (DateTime Start, DateTime End) ByClock(DateTime utc, long length)
    {
        var offset = zone.GetUtcOffset(utc);
        var into = (utc + offset).Ticks % length;
        var start = utc.AddTicks(-into);
        var end = start.AddTicks(length);
        if (zone.GetUtcOffset(start) != offset) start = Change(start, utc);
        if (zone.GetUtcOffset(end.AddTicks(-1)) != offset) end = Change(utc, end);
        return (start, end);
    }

    // The instant between two at which the offset becomes that of the second; by halves, to the tick.
    private DateTime Change(DateTime before, DateTime after)
    {
        var offset = zone.GetUtcOffset(before);
        var (from, to) = (before.Ticks, after.Ticks);
        while (to - from > 1)
        {
            var middle = from + ((to - from) / 2);
            if (zone.GetUtcOffset(new DateTime(middle, DateTimeKind.Utc)) == offset) from = middle;
            else to = middle;
        }

        return new DateTime(to, DateTimeKind.Utc);
    }

    private (DateTime Start, DateTime End) ByDate(DateTime utc)
    {
        var first = First(DateOnly.FromDateTime(utc + zone.GetUtcOffset(utc)));
        var (start, end) = (Midnight(first), Midnight(Next(first, 1)));
        // Clocks that are set back over midnight show the old date again, after the new one has begun.
        while (utc >= end) (first, start, end) = (Next(first, 1), end, Midnight(Next(first, 2)));
        while (utc < start) (first, start, end) = (Next(first, -1), Midnight(Next(first, -1)), start);
        return (start, end);
    }

    private DateOnly First(DateOnly day) => window switch
    {
        BudgetWindow.Day => day,
        BudgetWindow.Week => day.AddDays(-(((int)day.DayOfWeek + 6) % 7)),
        _ => new DateOnly(day.Year, day.Month, 1),
    };

    private DateOnly Next(DateOnly first, int by) => window switch
    {
        BudgetWindow.Day => first.AddDays(by),
        BudgetWindow.Week => first.AddDays(7 * by),
        _ => first.AddMonths(by),
    };

    private DateTime Midnight(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        if (zone.IsInvalidTime(local))
        {
            // Clocks jump over it: the jump is the begin. Two hours to each side are more than any clock was ever moved at midnight.
            var near = DateTime.SpecifyKind(local - zone.GetUtcOffset(local.AddHours(-3)), DateTimeKind.Utc);
            return Change(near.AddHours(-2), near.AddHours(2));
        }

        var offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }
}
