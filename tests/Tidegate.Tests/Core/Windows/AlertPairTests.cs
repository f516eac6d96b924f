using System.Globalization;
using Tidegate.Core.Windows;
using Xunit;

namespace Tidegate.Tests.Core.Windows;

/// <summary>The arithmetic of burn-rate alerts, against the figures of the Site Reliability Workbook.</summary>
public sealed class AlertPairTests
{
    private const decimal Target = 0.999m;

    [Theory]
    [InlineData(1, 14.4, 70)]
    [InlineData(6, 6, 167)]
    [InlineData(24, 3, 334)]
    [InlineData(72, 1, 1001)]
    public void Semantics3_4_FewestEvents_OneFailureAmongThemIsBelowTheThreshold(int hours, double burn, long events)
    {
        var pair = Pair(hours, (decimal)burn);

        Assert.Equal(events, pair.FewestEvents(Target));
        Assert.True(1m / events < pair.Threshold(Target));
        Assert.True(1m / (events - 1) >= pair.Threshold(Target)); // one less, and a single failure alerts
    }

    [Theory]
    [InlineData(14.4, "93.0556", 0.930555, true)]
    [InlineData(14.4, "93.0556", 0.9306, false)]
    [InlineData(1, "0", 0.0001, false)]
    public void Semantics3_4_DeadPair_IsAtOrBelowOneMinusOneByBurn(double burn, string percent, double target, bool dead)
    {
        var pair = Pair(1, (decimal)burn);

        Assert.Equal(percent, (pair.DeadAt * 100).ToString("0.####", CultureInfo.InvariantCulture));
        Assert.Equal(dead, pair.IsDead((decimal)target));
    }

    [Theory]
    [InlineData(1, 14.4, 1, 51.84)]
    [InlineData(6, 6, 1, 129.6)]
    [InlineData(24, 3, 1, 259.2)]
    [InlineData(72, 1, 1, 259.2)]
    [InlineData(1, 14.4, 0.1, 518.4)]
    [InlineData(1, 14.4, 0.02, 2592.0)]
    [InlineData(1, 14.4, 0.01, null)]
    [InlineData(6, 6, 0.01, 12960.0)]
    public void TimeToFire_IsThresholdByErrorsOfTheLongWindow(int hours, double burn, double errors, double? seconds) =>
        Assert.Equal(seconds, Pair(hours, (decimal)burn).TimeToFire(Target, (decimal)errors)?.TotalSeconds);

    [Theory]
    [InlineData(1, 14.4, 1, "00:04:55.68")]
    [InlineData(6, 6, 1, "00:29:49.2")]
    [InlineData(1, 14.4, 0.0144, "00:00:00")]
    [InlineData(1, 14.4, 0.0288, "00:02:30")]
    public void TimeToClear_IsWhatTheShortWindowNeeds(int hours, double burn, double errors, string time)
    {
        var pair = Pair(hours, (decimal)burn);

        Assert.Equal(TimeSpan.Parse(time, CultureInfo.InvariantCulture), pair.TimeToClear(Target, (decimal)errors, pair.Short));
    }

    private static AlertPair Pair(int hours, decimal burn) => new(TimeSpan.FromHours(hours), TimeSpan.FromHours(hours) / 12, burn);
}
