using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Objectives;

/// <summary>What an SLO alerts on, whatever way it is written.</summary>
public sealed class SloAlertsTests
{
    [Theory]
    [InlineData(30, "30d", "page 1h 5m 14.4, page 6h 30m 6, ticket 24h 2h 3, ticket 72h 6h 1")]
    [InlineData(28, "28d", "page 1h 5m 13.44, page 6h 30m 5.6, ticket 24h 2h 2.8, ticket 72h 6h 0.9333")]
    [InlineData(7, "7d", "page 1h 5m 3.36, page 6h 30m 1.4, ticket 16h 80m 1.05")]
    [InlineData(90, "90d", "page 1h 5m 43.2, page 6h 30m 18, ticket 24h 2h 9, ticket 72h 6h 3")]
    [InlineData(13, "7d", null)]
    [InlineData(15, "28d", null)]
    [InlineData(1, "7d", null)]
    [InlineData(31, "30d", null)]
    [InlineData(60, "90d", null)]
    [InlineData(365, "90d", null)]
    public void Policies_None_IsTheBuiltInSetNearestToTheWindow(int days, string set, string? pairs)
    {
        var alerts = SloAlerts.Of([], TimeSpan.FromDays(days), ConfigDocument.Empty);

        Assert.Equal(set == "7d" ? 3 : 4, alerts.Count);
        Assert.All(alerts, a => Assert.Equal(set, a.Policy));
        if (pairs is not null) Assert.Equal(pairs, string.Join(", ", alerts.Select(Words)));
        Assert.All(alerts, a => Assert.Equal(AlertClearing.Short, a.ClearOn));
    }

    [Fact]
    public void BuiltIn_EverySet_UsesTheSameShareOfItsBudget()
    {
        foreach (var (name, set) in BuiltInAlertSets.All.Where(s => s.Key != BuiltInAlertSets.None))
        {
            var window = TimeSpan.FromDays(int.Parse(name[..^1], System.Globalization.CultureInfo.InvariantCulture));

            var shares = SloAlerts.Of([new SloAlertPolicyConfig { AlertPolicyRef = name }], window, ConfigDocument.Empty).Select(a => decimal.Round(a.Pair.BudgetShare(window), 6));

            Assert.Equal(name == "7d" ? [0.02m, 0.05m, 0.1m] : [0.02m, 0.05m, 0.1m, 0.1m], shares);
            Assert.Equal(name == "7d" ? 3 : 4, set.Pairs.Count);
        }
    }

    [Fact]
    public void Policies_OfAllForms_AreResolved()
    {
        var document = DocumentReader.Read("a.yaml", """
            apiVersion: tidegate/v1
            kind: AlertSet
            metadata: { name: mine }
            spec: { pairs: [ { severity: page, long: 2h, short: 10m, budgetShare: 0.05 } ], clearOn: long, minEvents: 100, confidence: 0.9 }
            ---
            apiVersion: openslo/v1
            kind: AlertCondition
            metadata: { name: fast }
            spec: { severity: sev1, condition: { threshold: 10, lookbackWindow: 1h, alertAfter: 2m } }
            ---
            apiVersion: openslo/v1
            kind: AlertNotificationTarget
            metadata: { name: on-call }
            spec: { target: slack }
            ---
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: { name: paging }
            spec: { alertWhenBreaching: true, alertWhenNoData: true, conditions: [ { conditionRef: fast } ], notificationTargets: [ { targetRef: on-call } ] }
            """).Document!;

        var alerts = SloAlerts.Of([new SloAlertPolicyConfig { AlertPolicyRef = "mine" }, new SloAlertPolicyConfig { AlertPolicyRef = "paging" }], TimeSpan.FromDays(10), document);

        Assert.Equal(["page 2h 10m 6", "sev1 1h 60m 10"], alerts.Select(Words));
        Assert.True(alerts[0] is { ClearOn: AlertClearing.Long, MinEvents: 100, Confidence: 0.9, WhenBreaching: true, WhenResolved: true, WhenNoData: false });
        Assert.True(alerts[1] is { WhenBreaching: true, WhenResolved: false, WhenNoData: true, After.TotalMinutes: 2 });
        Assert.Equal(["on-call"], alerts[1].Targets);
    }

    private static string Words(ResolvedAlert alert) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{alert.Severity} {alert.Pair.Long.TotalHours:0}h {(alert.Pair.Short is { TotalHours: > 1, Minutes: 0 } ? $"{alert.Pair.Short.TotalHours:0}h" : $"{alert.Pair.Short.TotalMinutes:0}m")} {alert.Pair.Burn:0.####}");
}
