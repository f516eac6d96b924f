using Tidegate.Core.Resources.Objectives;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Objectives;

/// <summary>Times that come again, on clocks that change.</summary>
public sealed class PeriodsTests
{
    private static readonly PeriodConfig Nightly = new() { Cron = "30 2 * * *", Duration = TimeSpan.FromHours(1), Zone = "Europe/Berlin" };

    [Fact]
    public void Between_ASingleTime_IsItselfWhereItTouches()
    {
        var once = new PeriodConfig { From = At("2030-01-01T00:00:00Z"), Until = At("2030-01-01T02:00:00Z") };

        Assert.Single(Periods.Between(once, At("2030-01-01T01:00:00Z"), At("2030-01-01T01:01:00Z")));
        Assert.Empty(Periods.Between(once, At("2030-01-01T02:00:00Z"), At("2030-01-02T00:00:00Z")));
        Assert.True(Periods.Cover([once], At("2030-01-01T00:00:00Z")));
        Assert.False(Periods.Cover([once], At("2030-01-01T02:00:00Z")));
    }

    [Fact]
    public void Between_BegunBeforeTheRange_IsFound()
    {
        var found = Periods.Between(Nightly, At("2026-06-01T01:00:00Z"), At("2026-06-02T00:00:00Z")).ToList();

        Assert.Equal([(At("2026-06-01T00:30:00Z"), At("2026-06-01T01:30:00Z"))], found);
    }

    [Fact]
    public void Between_TimeThatASpringChangeSkips_BeginsAtTheNextValidInstant()
    {
        var found = Assert.Single(Periods.Between(Nightly, At("2026-03-29T00:00:00Z"), At("2026-03-29T12:00:00Z")));

        Assert.Equal(At("2026-03-29T01:00:00Z"), found.From); // 03:00 summer time: 02:30 does not exist
        Assert.Equal(TimeSpan.FromHours(1), found.Until - found.From);
    }

    [Fact]
    public void Between_TimeThatComesTwiceInAutumn_IsTheFirst()
    {
        var found = Assert.Single(Periods.Between(Nightly, At("2026-10-25T00:00:00Z"), At("2026-10-25T12:00:00Z")));

        Assert.Equal(At("2026-10-25T00:30:00Z"), found.From);
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
