using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Windows;
using Tidegate.Insight.Objectives;
using Tidegate.Insight.Objectives.Alerting;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>OpenSLO's <c>alertWhenNoData</c>, and who is told of an alert that stands for several pairs.</summary>
public sealed class NoDataAlertTests
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);
    private static readonly AlertPair Pair = new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 14.4m);
    private static readonly NoDataRule Silence = new(AlertSeverity.Ticket, TimeSpan.FromMinutes(15), "team-a");

    [Fact]
    public void Look_NothingForTheWindow_AlertsOnceAndEndsWithTheFirstEvent()
    {
        var (ledger, alerts) = Make(Silence);
        ledger.Add(Start, new Tally(0, 10));

        Assert.Empty(Look(alerts, ledger, from: 0, until: 14));
        var turn = Assert.Single(Look(alerts, ledger, from: 15, until: 60));
        Assert.Equal(("no data over 15m", AlertSeverity.Ticket, "team-a"), (turn.Fired?.Condition, turn.Fired?.Severity, turn.Fired?.Targets));
        Assert.Equal([turn.Id], alerts.Open);

        ledger.Add(Start.AddMinutes(61), new Tally(0, 1));
        var end = Assert.Single(Look(alerts, ledger, from: 61, until: 61));
        Assert.Equal((turn.Id, null), (end.Id, end.Fired));
    }

    [Fact]
    public void Look_JustStarted_WaitsForItsOwnWindow()
    {
        var (ledger, alerts) = Make(Silence);

        Assert.Empty(Look(alerts, ledger, from: 0, until: 14));
        Assert.Single(Look(alerts, ledger, from: 15, until: 15));
    }

    [Fact]
    public void Restore_OfASilence_IsNotToldAgainAndEnds()
    {
        var (ledger, before) = Make(Silence);
        var alert = Assert.Single(Look(before, ledger, from: 0, until: 20)).Fired!;
        var (_, after) = Make(Silence);
        after.Restore(alert);

        Assert.Empty(Look(after, ledger, from: 21, until: 30));
        ledger.Add(Start.AddMinutes(31), new Tally(0, 1));
        Assert.Equal(alert.Id, Assert.Single(Look(after, ledger, from: 31, until: 31)).Id);
    }

    [Fact]
    public void Look_NotAskedFor_SilenceIsNoAlert()
    {
        var (ledger, alerts) = Make(null);

        Assert.Empty(Look(alerts, ledger, from: 0, until: 60));
    }

    [Fact]
    public void Look_SeveralPairsOfOneSeverity_TellsTheTargetsOfAll()
    {
        var (ledger, alerts) = Make(null, new AlertRule(AlertSeverity.Page, Pair) { Targets = "team-a" }, new AlertRule(AlertSeverity.Page, Pair with { Burn = 900m }) { Targets = "team-a,team-b" });
        ledger.Add(Start, new Tally(10, 100));

        Assert.Equal("team-a,team-b", Assert.Single(Look(alerts, ledger, from: 0, until: 0)).Fired?.Targets);
    }

    private static List<AlertTurn> Look(ObjectiveAlerts alerts, BudgetLedger ledger, int from, int until) =>
        [.. Enumerable.Range(from, until - from + 1).SelectMany(minute => alerts.Look(ledger, Start.AddMinutes(minute)).ToList())];

    private static (BudgetLedger Ledger, ObjectiveAlerts Alerts) Make(NoDataRule? silence, params AlertRule[] rules)
    {
        var objective = new Objective
        {
            Id = "checkout", Slo = "checkout", Service = "shop", DisplayName = "checkout", Good = "answers that are no errors", Source = "tidegate", Series = "s",
            Terms = new BudgetTerms { Target = 0.999, Period = TimeSpan.FromDays(30) }, Alerts = new AlertRules { Rules = rules, NoData = silence },
        };
        return (new BudgetLedger(objective.Terms), new ObjectiveAlerts(objective));
    }
}
