using Tidegate.Core.Windows;
using Xunit;

namespace Tidegate.Tests.Core.Windows;

/// <summary>semantics 3.2: calendar-aligned windows where clocks change.</summary>
public sealed class CalendarPeriodsTests
{
    [Theory]
    // Clocks go forward: a day of 23 hours; back: of 25. Lord Howe changes by half an hour.
    [InlineData("Europe/Berlin", "2026-03-29", "2026-03-28T23:00Z", "2026-03-29T22:00Z")]
    [InlineData("Europe/Berlin", "2026-10-25", "2026-10-24T22:00Z", "2026-10-25T23:00Z")]
    [InlineData("America/New_York", "2026-03-08", "2026-03-08T05:00Z", "2026-03-09T04:00Z")]
    [InlineData("America/New_York", "2026-11-01", "2026-11-01T04:00Z", "2026-11-02T05:00Z")]
    [InlineData("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00Z", "2026-04-05T13:30Z")]
    [InlineData("Australia/Lord_Howe", "2026-10-04", "2026-10-03T13:30Z", "2026-10-04T13:00Z")]
    public void Semantics3_2_DayOnWhichClocksChange_IsAsLongAsItIs(string zone, string day, string start, string end)
    {
        var days = Periods(zone, "2026-01-01", 1, CalendarUnit.Day);
        var noon = At(zone, DateTime.Parse(day).AddHours(12));

        Assert.Equal((DateTimeOffset.Parse(start), DateTimeOffset.Parse(end)), days.At(noon));
        Assert.Equal(DateTimeOffset.Parse(end), days.At(DateTimeOffset.Parse(end)).Start);
    }

    [Fact]
    public void Semantics3_2_StartThatDoesNotExistOrExistsTwice_IsTheNextInstantOrTheFirst()
    {
        var days = Periods("Europe/Berlin", "2026-01-01T02:30", 1, CalendarUnit.Day);

        Assert.Equal(DateTimeOffset.Parse("2026-03-29T01:00Z"), days.At(DateTimeOffset.Parse("2026-03-29T12:00Z")).Start); // 02:30 is not there; 03:00 is
        Assert.Equal(DateTimeOffset.Parse("2026-10-25T00:30Z"), days.At(DateTimeOffset.Parse("2026-10-25T12:00Z")).Start); // 02:30 in summer time
    }

    [Theory]
    [InlineData(1, CalendarUnit.Month, "2026-01-31", "2026-03-15T12:00Z", "2026-02-28T00:00Z", "2026-03-31T00:00Z")]
    [InlineData(1, CalendarUnit.Quarter, "2026-01-01", "2026-05-15T12:00Z", "2026-04-01T00:00Z", "2026-07-01T00:00Z")]
    [InlineData(1, CalendarUnit.Year, "2020-01-01", "2026-05-15T12:00Z", "2026-01-01T00:00Z", "2027-01-01T00:00Z")]
    [InlineData(4, CalendarUnit.Week, "2026-01-05", "2026-02-15T12:00Z", "2026-02-02T00:00Z", "2026-03-02T00:00Z")]
    [InlineData(1, CalendarUnit.Month, "2026-06-01", "2026-03-15T12:00Z", "2026-03-01T00:00Z", "2026-04-01T00:00Z")]
    public void At_UnitsOfTheCalendar_BeginAtWholeOnesFromTheFirst(int count, CalendarUnit unit, string first, string moment, string start, string end) =>
        Assert.Equal((DateTimeOffset.Parse(start), DateTimeOffset.Parse(end)), Periods("UTC", first, count, unit).At(DateTimeOffset.Parse(moment)));

    private static CalendarPeriods Periods(string zone, string first, int count, CalendarUnit unit) =>
        new(DateTime.Parse(first), count, unit, TimeZoneInfo.FindSystemTimeZoneById(zone));

    private static DateTimeOffset At(string zone, DateTime local) => new(local, TimeZoneInfo.FindSystemTimeZoneById(zone).GetUtcOffset(local));
}
