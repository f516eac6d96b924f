using FsCheck;
using FsCheck.Fluent;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Replaying;

namespace Tidegate.Tests.Insight.Objectives.Replaying;

/// <summary>Recorded minutes through the judge: alerts come and go when the formulas say, whatever the objective is.</summary>
public sealed class ReplayTrackTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(0, 0.999, 1.0)]
    [InlineData(0, 0.999, 0.1)]
    [InlineData(0, 0.99, 0.5)]
    [InlineData(1, 0.999, 0.1)]
    [InlineData(1, 0.995, 0.04)]
    [InlineData(2, 0.999, 0.02)]
    [InlineData(3, 0.999, 0.01)]
    public void Run_ErrorsOfAConstantRatio_FireAndClearAtTheMinutesOfTheFormulas(int index, double target, double errors)
    {
        var rule = AlertRules.For(TimeSpan.FromDays(30)).Rules[index];
        var (before, fires) = (rule.Pair.Long + TimeSpan.FromHours(1), rule.Pair.TimeToFire((decimal)target, (decimal)errors)!.Value);
        var broken = Ceiling(before);
        var over = broken + Ceiling(fires + rule.Pair.Short);
        var end = over + rule.Pair.Long;

        var alert = Assert.Single(Run(target, [rule], at => at >= broken && at < over ? errors : 0, end));

        AssertSame(Start + broken + fires, alert.FiredAt, fires);
        AssertSame(Start + over + rule.Pair.TimeToClear((decimal)target, (decimal)errors, rule.Pair.Short), alert.ResolvedAt!.Value, rule.Pair.Short);
        Assert.Equal((alert.ResolvedAt.Value - alert.FiredAt).TotalSeconds, alert.Seconds);
        Assert.Equal(rule.Severity, alert.Severity);
        // What was used by then, of what there was by then.
        var used = errors * fires / ((broken + fires) * (1 - target));
        Assert.Equal(1 - used, alert.BudgetLeft, used * (0.02 + (TimeSpan.FromSeconds(20) / fires)));
    }

    [Fact]
    public void Run_FewerErrorsThanThePairWaitsFor_NeverFires() =>
        Assert.Empty(Run(0.999, [AlertRules.For(TimeSpan.FromDays(30)).Rules[0]], _ => 0.014, TimeSpan.FromHours(5)));

    [Fact]
    public void Run_FiresAtTheEnd_HasNoEndAndLastsUntilThen()
    {
        var alert = Assert.Single(Run(0.999, [AlertRules.For(TimeSpan.FromDays(30)).Rules[0]], at => at < TimeSpan.FromHours(2) ? 0 : 1, TimeSpan.FromHours(3)));

        Assert.Null(alert.ResolvedAt);
        Assert.Equal(Start.AddHours(3) - alert.FiredAt, TimeSpan.FromSeconds(alert.Seconds));
    }

    // However events are recorded, the budget at the end is the same, and events stay whole.
    [Fact]
    public void Run_AnyCounts_TakesInEveryEventOnce() => Prop.ForAll(
        Gen.Choose(0, 40).Two().Select(t => new Tally(Math.Min(t.Item1, t.Item2), Math.Max(t.Item1, t.Item2))).ArrayOf(30).Zip(Gen.Elements(60, 300, 3600)).ToArbitrary(),
        sample =>
        {
            var (counts, step) = sample;
            var stretches = counts.Select((c, i) => new SeriesStretch(Start.AddSeconds((double)i * step), TimeSpan.FromSeconds(step), c)).ToList();
            var track = new ReplayTrack(Of(0.9, []), stretches, countsCalls: true);
            track.Run(Start, Start, Start.AddSeconds((double)counts.Length * step), null, CancellationToken.None);
            var seen = track.Ledgers.Adjusted.Period(Start.AddSeconds((double)counts.Length * step));
            return seen == new Tally(counts.Sum(c => c.Bad), counts.Sum(c => c.Total));
        }).QuickCheckThrowOnFailure();

    private static IReadOnlyList<ReplayedAlert> Run(double target, IReadOnlyList<AlertRule> rules, Func<TimeSpan, double> errors, TimeSpan length)
    {
        var stretches = new List<SeriesStretch>();
        for (var at = TimeSpan.Zero; at < length; at += Minute) stretches.Add(new SeriesStretch(Start + at, Minute, new Tally(6000 * errors(at), 6000)));
        var track = new ReplayTrack(Of(target, rules), stretches, countsCalls: true);
        track.Run(Start, Start, Start + length, null, CancellationToken.None);
        return track.Alerts(Start, Start + length);
    }

    private static Objective Of(double target, IReadOnlyList<AlertRule> rules) => new()
    {
        Id = "o", Slo = "o", Service = "s", DisplayName = "O", Good = "good", Source = "tidegate", Series = "x", Terms = new BudgetTerms { Target = target, Period = TimeSpan.FromDays(30) },
        Alerts = new AlertRules { Rules = rules },
    };

    private static TimeSpan Ceiling(TimeSpan time) => TimeSpan.FromMinutes(Math.Ceiling(time.TotalMinutes / 5) * 5);

    // Windows of a day and more move by five minutes, which is a thousandth part of what they measure.
    private static void AssertSame(DateTimeOffset expected, DateTimeOffset actual, TimeSpan length) =>
        Assert.True((expected - actual).Duration() <= Minute + (length / 200), $"expected {expected}, was {actual}");
}
