using System.Globalization;
using FsCheck.Xunit;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Gateway.Models.Budgets;

namespace Tidegate.Tests.Gateway.Models.Budgets;

/// <summary>Windows of a calendar, where clocks change and months end.</summary>
public sealed class BudgetCalendarTests
{
    [Theory]
    [InlineData(BudgetWindow.Minute, "UTC", "2026-03-01T10:20:30Z", "2026-03-01T10:20:00Z", "2026-03-01T10:21:00Z")]
    [InlineData(BudgetWindow.Hour, "Asia/Kolkata", "2026-03-01T10:20:30Z", "2026-03-01T09:30:00Z", "2026-03-01T10:30:00Z")] // half past in UTC
    [InlineData(BudgetWindow.Day, "America/New_York", "2026-01-02T04:59:59Z", "2026-01-01T05:00:00Z", "2026-01-02T05:00:00Z")]
    [InlineData(BudgetWindow.Day, "Europe/Berlin", "2026-03-29T12:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z")] // 23 hours
    [InlineData(BudgetWindow.Day, "Europe/Berlin", "2026-10-25T12:00:00Z", "2026-10-24T22:00:00Z", "2026-10-25T23:00:00Z")] // 25 hours
    [InlineData(BudgetWindow.Week, "UTC", "2026-11-22T23:59:59Z", "2026-11-16T00:00:00Z", "2026-11-23T00:00:00Z")] // Sunday night
    [InlineData(BudgetWindow.Week, "UTC", "2026-11-23T00:00:00Z", "2026-11-23T00:00:00Z", "2026-11-30T00:00:00Z")]
    [InlineData(BudgetWindow.Month, "UTC", "2028-02-29T23:59:59Z", "2028-02-01T00:00:00Z", "2028-03-01T00:00:00Z")]
    [InlineData(BudgetWindow.Month, "UTC", "2026-12-31T23:59:59Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")]
    [InlineData(BudgetWindow.Month, "Europe/Berlin", "2026-03-31T22:30:00Z", "2026-03-31T22:00:00Z", "2026-04-30T22:00:00Z")] // already April there
    [InlineData(BudgetWindow.Day, "America/Sao_Paulo", "2018-11-04T12:00:00Z", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z")] // no midnight: 1 o'clock
    [InlineData(BudgetWindow.Day, "America/Havana", "2026-11-01T12:00:00Z", "2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z")] // two midnights: the first
    [InlineData(BudgetWindow.Hour, "Australia/Lord_Howe", "2026-04-04T14:45:00Z", "2026-04-04T14:00:00Z", "2026-04-04T15:00:00Z")] // before the half hour comes again
    [InlineData(BudgetWindow.Hour, "Australia/Lord_Howe", "2026-04-04T15:10:00Z", "2026-04-04T15:00:00Z", "2026-04-04T15:30:00Z")]
    [InlineData(BudgetWindow.Hour, "Europe/Berlin", "2026-10-25T01:30:00Z", "2026-10-25T01:00:00Z", "2026-10-25T02:00:00Z")] // the second 2 o'clock is an hour of its own
    public void Window_OfInstant_IsTheCalendars(BudgetWindow window, string zone, string instant, string start, string end)
    {
        var (from, to) = new BudgetCalendar(window, TimeZoneInfo.FindSystemTimeZoneById(zone)).Of(Utc(instant));

        Assert.Equal((Utc(start), Utc(end)), (from, to));
    }

    [Property(MaxTest = 2000)]
    public void Windows_OfAnyInstant_FollowEachOtherWithoutGap(uint seconds, byte which, byte kind)
    {
        string[] zones = ["UTC", "Europe/Berlin", "America/New_York", "America/St_Johns", "America/Sao_Paulo", "America/Havana", "Australia/Lord_Howe", "Asia/Kathmandu", "Africa/Cairo", "Asia/Beirut", "Pacific/Apia", "Antarctica/Troll"];
        var calendar = new BudgetCalendar((BudgetWindow)(kind % 5), TimeZoneInfo.FindSystemTimeZoneById(zones[which % zones.Length]));
        var instant = new DateTime(1995, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddSeconds(seconds % 1_500_000_000);

        var (start, end) = calendar.Of(instant);

        Assert.True(start <= instant && instant < end, $"{start:O} <= {instant:O} < {end:O}");
        Assert.Equal((start, end), calendar.Of(start));
        Assert.Equal((start, end), calendar.Of(end.AddTicks(-1)));
        Assert.Equal(end, calendar.Of(end).Start);
    }

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal);
}
