using Tidegate.Core.Windows;
using Xunit;

namespace Tidegate.Tests.Core.Windows;

/// <summary>semantics 3.3 and 3.4: what the pairs of the workbook promise.</summary>
public sealed class BurnPairTests
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    public static TheoryData<double, double, double, double, long> Pairs => new()
    {
        // long (h), short (h), burn, share of the budget, events against one failure at 99.9 %
        { 1, 1 / 12.0, 14.4, 0.02, 70 },
        { 6, 0.5, 6, 0.05, 167 },
        { 24, 2, 3, 0.10, 334 },
        { 72, 6, 1, 0.10, 1001 },
    };

    [Theory, MemberData(nameof(Pairs))]
    public void Semantics3_3_DefaultPairs_StandForTheirShareOfTheBudget(double longHours, double shortHours, double burn, double share, long events)
    {
        var pair = Pair(longHours, shortHours, burn);

        Assert.Equal(share, pair.BudgetShare(Month), 6);
        Assert.Equal(events, pair.EventsAgainstOneFailure(0.999));
    }

    [Theory]
    [InlineData(14.4, 13.44)]
    [InlineData(6, 5.6)]
    [InlineData(3, 2.8)]
    [InlineData(1, 0.933)]
    public void Semantics3_3_ScaledTo28Days_KeepsTheShare(double burn, double expected) =>
        Assert.Equal(expected, Pair(1, 1, burn).ScaledTo(Month, TimeSpan.FromDays(28)).Burn, 3);

    [Fact]
    public void Semantics3_3_TotalOutage_FiresAfter51SecondsAndClearsWithinItsShortWindow()
    {
        var (page, second) = (Pair(1, 1 / 12.0, 14.4), Pair(6, 0.5, 6));

        Assert.Equal(51.84, page.TimeToFire(0.999, 1)!.Value.TotalSeconds, 2);
        Assert.Equal((4 * 60) + 56, page.TimeToClear(0.999, 1).TotalSeconds, 0);
        Assert.Equal((29 * 60) + 49, second.TimeToClear(0.999, 1).TotalSeconds, 0);
    }

    [Fact]
    public void Semantics3_4_TargetAtOrBelowOneLessOneByBurn_IsDead()
    {
        var pair = Pair(1, 1 / 12.0, 14.4);

        Assert.True(pair.IsDead(0.9305));
        Assert.False(pair.IsDead(0.9306));
        Assert.Null(pair.TimeToFire(0.93, 1));
    }

    private static BurnPair Pair(double longHours, double shortHours, double burn) => new(TimeSpan.FromHours(longHours), TimeSpan.FromHours(shortHours), burn);
}
