using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Windows;
using Xunit;

namespace Tidegate.Tests.Core.Windows;

public sealed class ErrorBudgetTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    // semantics 3.1: 47 h at 10 a minute without errors, then 1 h at 10,000 a minute with 1 % errors, SLO 99.9 %.
    [Theory]
    [InlineData(BudgetingMethod.Occurrences, -8.551)]
    [InlineData(BudgetingMethod.RatioTimeslices, 0.7917)]
    [InlineData(BudgetingMethod.Timeslices, -19.833)]
    public void Semantics3_1_QuietTimeThenABusyHourWithErrors_EachMethodSaysItsOwn(BudgetingMethod method, double left)
    {
        var ledger = new BudgetLedger(new BudgetTerms { Target = 0.999, Method = method, SliceTarget = 0.999, Period = TimeSpan.FromHours(48) });
        for (var minute = 0; minute < 48 * 60; minute++)
            ledger.Add(Start.AddMinutes(minute), minute < 47 * 60 ? new Tally(0, 10) : new Tally(100, 10_000));

        Assert.Equal(left, ErrorBudget.Left(ledger.Period(Start.AddHours(48).AddSeconds(-1)), 0.999)!.Value, 3);
    }

    [Fact]
    public void Left_NothingSeen_IsUnknownAndNotGood()
    {
        Assert.Null(ErrorBudget.Left(Tally.None, 0.99));
        Assert.Null(ErrorBudget.BurnRate(Tally.None, 0.99));
        Assert.Null(ErrorBudget.Confidence(Tally.None));
    }

    [Fact]
    public void TimeLeft_BurnOfOneAndHalfTheBudget_IsHalfThePeriod() =>
        Assert.Equal(TimeSpan.FromDays(15), ErrorBudget.TimeLeft(0.5, 1, TimeSpan.FromDays(30), TimeSpan.FromDays(16)));

    [Fact]
    public void TimeLeft_NothingLeftOrNoBurn_IsZeroOrNever()
    {
        Assert.Equal(TimeSpan.Zero, ErrorBudget.TimeLeft(-0.2, 3, TimeSpan.FromDays(30), null));
        Assert.Null(ErrorBudget.TimeLeft(0.4, 0, TimeSpan.FromDays(30), TimeSpan.FromDays(3)));
    }

    // What is used at a rate of 1 comes back as the period rolls on; a calendar's period starts over.
    [Theory]
    [InlineData(0.5, null, null)]
    [InlineData(1.0, null, null)]
    [InlineData(2.0, null, 7.5)]
    [InlineData(0.5, 31.0, 30.0)]
    [InlineData(0.5, 30.0, null)]
    [InlineData(2.0, 7.0, null)]
    public void TimeLeft_OfARollingPeriodAndOfACalendar_EndsOnlyWhereItDoes(double burn, double? next, double? days) =>
        Assert.Equal(days, ErrorBudget.TimeLeft(0.5, burn, TimeSpan.FromDays(30), next is { } left ? TimeSpan.FromDays(left) : null)?.TotalDays);

    // Against R: prop.test(3, 50, correct = FALSE)$conf.int.
    [Fact]
    public void Confidence_ThreeOfFifty_IsWilsonsInterval()
    {
        var (low, high) = ErrorBudget.Confidence(new Tally(3, 50))!.Value;

        Assert.Equal((0.0206, 0.1622), (Math.Round(low, 4), Math.Round(high, 4)));
    }
}
