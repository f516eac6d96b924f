using Tidegate.Core.Windows;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Alerting;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>semantics 3.3: every pair of the built-in sets fires and clears at the minute the formulas give, for a total outage and for 10 %, 2 % and 1 % of errors.</summary>
public sealed class BurnTimingTests
{
    private const double Target = 0.999;
    private const int EventsPerTick = 1000;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    public static TheoryData<int, int, double> Cases
    {
        get
        {
            var cases = new TheoryData<int, int, double>();
            foreach (var (days, pairs) in new[] { (7, 3), (28, 4), (30, 4), (90, 4) })
                for (var pair = 0; pair < pairs; pair++)
                    foreach (var errors in new[] { 1, 0.1, 0.02, 0.01 }) cases.Add(days, pair, errors);
            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public void Semantics3_3_EveryDefaultPair_FiresAndClearsAtTheMinuteOfTheFormula(int days, int index, double errors)
    {
        var rules = AlertRules.For(TimeSpan.FromDays(days));
        Assert.Equal(days == 7 ? 3 : 4, rules.Rules.Count);
        var rule = rules.Rules[index];
        var ledger = new BudgetLedger(new BudgetTerms { Target = Target, Period = TimeSpan.FromDays(days) });
        var state = new RuleState(rule);
        var broken = Run(ledger, state, Start, 0, rule.Pair.Long + TimeSpan.FromHours(1), stopWhen: true);
        Assert.False(state.IsFiring);

        if (rule.Pair.TimeToFire((decimal)Target, (decimal)errors) is not { } fires)
        {
            Run(ledger, state, broken, errors, rule.Pair.Long * 2, stopWhen: true);
            Assert.False(state.IsFiring); // 1 % burns at 10: never at 14.4
            return;
        }

        var fired = Run(ledger, state, broken, errors, rule.Pair.Long * 2, stopWhen: true);
        Assert.True(state.IsFiring);
        AssertSameMinute(fires, fired - broken);

        // It goes on for as long as the short window, then it is over: the short window is full of it.
        var over = Run(ledger, state, fired, errors, rule.Pair.Short, stopWhen: null);
        var cleared = Run(ledger, state, over, 0, rule.Pair.Long, stopWhen: false);
        Assert.False(state.IsFiring);
        AssertSameMinute(rule.Pair.TimeToClear((decimal)Target, (decimal)errors, rule.Pair.Short), cleared - over);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(90)]
    public void BuiltInSet_ObjectiveThatIsExactlyKept_NeverAlerts(int days)
    {
        var ledger = new BudgetLedger(new BudgetTerms { Target = Target, Period = TimeSpan.FromDays(days) });
        var states = AlertRules.For(TimeSpan.FromDays(days)).Rules.Select(r => new RuleState(r)).ToList();
        Assert.Contains(states, s => s.Rule.Pair.Burn < 2 == (days == 7));

        for (var now = Start; now < Start.AddDays(7); now += TimeSpan.FromMinutes(5))
        {
            ledger.Add(now, new Tally(EventsPerTick * (1 - Target), EventsPerTick));
            foreach (var state in states) Assert.False(state.Look(ledger, now), $"{state.Rule.Pair} at {now}");
        }
    }

    // Ticks are 10 s apart; windows of a day and more move by five minutes, which is a thousandth part of what they measure.
    private static void AssertSameMinute(TimeSpan expected, TimeSpan actual) =>
        Assert.True((expected - actual).Duration() <= TimeSpan.FromMinutes(1) + (expected / 200), $"expected {expected}, was {actual}");

    /// <summary>Traffic of one kind, judged after every tick, until the time is over or the rule says what it waits for. Says when.</summary>
    private static DateTimeOffset Run(BudgetLedger ledger, RuleState state, DateTimeOffset from, double errors, TimeSpan length, bool? stopWhen)
    {
        var now = from;
        while (now < from + length)
        {
            ledger.Add(now, new Tally(EventsPerTick * errors, EventsPerTick));
            now += Tick;
            if (state.Look(ledger, now.AddTicks(-1)) == stopWhen) return now;
        }

        return now;
    }
}
