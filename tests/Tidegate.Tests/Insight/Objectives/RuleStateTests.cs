using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Windows;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Alerting;

namespace Tidegate.Tests.Insight.Objectives;

public sealed class RuleStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly AlertPair Pair = new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 14.4m);

    [Fact]
    public void Look_TrafficEndsWhileItFires_GoesOnFiringUntilTheLongWindowIsPast()
    {
        var (ledger, state) = Make(Page);
        ledger.Add(Start, new Tally(100, 100));
        Assert.True(state.Look(ledger, Start));

        Assert.True(state.Look(ledger, Start.AddMinutes(30))); // silence is not recovery
        Assert.False(state.Look(ledger, Start.AddMinutes(70)));
    }

    [Fact]
    public void Look_ClearOnLong_FiresUntilTheLongWindowIsWell()
    {
        var (ledger, state) = Make(Page with { ClearOnLong = true });
        ledger.Add(Start, new Tally(100, 1000));
        Assert.True(state.Look(ledger, Start));
        for (var minute = 1; minute <= 20; minute++) ledger.Add(Start.AddMinutes(minute), new Tally(0, 100));

        Assert.True(state.Look(ledger, Start.AddMinutes(20)));
        Assert.False(state.Look(ledger, Start.AddMinutes(61)));
    }

    // semantics 3.5: the rule for low traffic is stated and configurable.
    [Theory]
    [InlineData(0, true)]
    [InlineData(50, false)]
    public void Semantics3_5_FewerEventsThanTheLeast_DoNotFire(double least, bool fires)
    {
        var (ledger, state) = Make(Page with { MinEvents = least });
        ledger.Add(Start, new Tally(1, 40));

        Assert.Equal(fires, state.Look(ledger, Start));
    }

    [Fact]
    public void Semantics3_5_ConfidenceAskedFor_FewEventsDoNotProveABurn()
    {
        var (few, sure) = (Make(Page with { Confidence = 0.95 }), Make(Page with { Confidence = 0.95 }));
        few.Item1.Add(Start, new Tally(2, 100)); // burns at 20, but might be 5
        sure.Item1.Add(Start, new Tally(200, 10_000));

        Assert.False(few.Item2.Look(few.Item1, Start));
        Assert.True(sure.Item2.Look(sure.Item1, Start));
    }

    [Fact]
    public void Look_AlertAfter_FiresOnceItHasBurntForThatLong()
    {
        var (ledger, state) = Make(Page with { After = TimeSpan.FromMinutes(2) });
        ledger.Add(Start, new Tally(100, 100));

        Assert.False(state.Look(ledger, Start));
        Assert.False(state.Look(ledger, Start.AddSeconds(110)));
        Assert.True(state.Look(ledger, Start.AddSeconds(120)));
    }

    [Theory]
    [InlineData(28, new[] { 13.44, 5.6, 2.8, 0.933 })]
    [InlineData(90, new[] { 43.2, 18, 9, 3 })]
    [InlineData(7, new[] { 3.36, 1.4, 1.05 })] // the set for 7 days, which does not ticket below the even rate
    public void For_OtherPeriods_KeepsTheShareOfTheBudget(int days, double[] burns)
    {
        var rules = AlertRules.For(TimeSpan.FromDays(days)).Rules;

        Assert.Equal(burns, rules.Select(r => (double)Math.Round(r.Pair.Burn, 3)));
    }

    private static AlertRule Page { get; } = new(AlertSeverity.Page, Pair);

    private static (BudgetLedger, RuleState) Make(AlertRule rule) => (
        new BudgetLedger(new BudgetTerms { Target = 0.999, Period = TimeSpan.FromDays(30) }), new RuleState(rule));
}
