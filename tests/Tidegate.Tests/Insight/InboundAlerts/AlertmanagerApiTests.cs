using System.Text;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.Objectives;
using Tidegate.Tests.Insight.InboundAlerts.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.InboundAlerts;

public sealed class AlertmanagerApiOnSqliteTests() : AlertmanagerApiTests(new SqliteTestDatabase());

public sealed class AlertmanagerApiOnPostgresTests(PostgresServer server) : AlertmanagerApiTests(new PostgresTestDatabase(server));

/// <summary>What Prometheus says to an Alertmanager, said to Tidegate.</summary>
public abstract class AlertmanagerApiTests(TestDatabase database) : IAsyncLifetime
{
    private const string Slow = """
        [{"labels": {"alertname": "Slow", "service": "shop", "severity": "critical"}, "annotations": {"summary": "shop is slow", "description": "p99 is 3 s", "runbook_url": "https://wiki.example/slow"},
          "startsAt": "2026-03-02T08:59:30.123456789Z", "endsAt": "2026-03-02T09:04:00Z", "generatorURL": "http://prometheus.example/graph"}]
        """;

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return database.DisposeAsync();
    }

    [Fact]
    public async Task Post_NewAlert_IsListedWithItsOriginAndToldOfAsAnEvent()
    {
        await using var node = await InboundNode.StartAsync(database);

        Assert.Equal(200, (await node.AlertsAsync(Slow)).Status);

        var alert = Assert.Single(await node.ListAsync());
        Assert.Equal(("alertmanager", "shop", AlertSeverity.Page, "shop: Slow", "shop is slow"), (alert.Origin, alert.Service, alert.Severity, alert.Title, alert.Summary));
        Assert.Equal(("https://wiki.example/slow", "http://prometheus.example/graph", "p99 is 3 s"), (alert.Runbook, alert.Link, alert.Annotations["description"]));
        Assert.Equal("2026-03-02T08:59:30.1234567Z", alert.FiredAt.UtcDateTime.ToString("o"));
        Assert.Equal(alert.Id, (await node.Alerts.FindAsync(alert.Id, TestContext.Current.CancellationToken))!.Id);
        var told = Assert.Single(await node.EventsAsync());
        Assert.Equal((InboundAlertStore.Fired, "alert/Slow", alert.Id), (told.Type, told.Subject, told.Data!["id"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Post_SameLabelsAgain_IsOneAlertWithTheNewestText()
    {
        await using var node = await InboundNode.StartAsync(database);
        await node.AlertsAsync(Slow);
        node.Time.Advance(TimeSpan.FromMinutes(1));
        // In another order, with another value, and twice in one request.
        await node.AlertsAsync("""
            [{"labels": {"severity": "critical", "service": "shop", "alertname": "Slow", "empty": ""}, "annotations": {"summary": "shop is slower"}, "endsAt": "2026-03-02T09:05:00Z"},
             {"labels": {"severity": "critical", "service": "shop", "alertname": "Slow"}, "annotations": {"summary": "shop is slower"}, "endsAt": "2026-03-02T09:05:00Z"}]
            """);

        Assert.Equal("shop is slower", Assert.Single(await node.ListAsync(all: true)).Summary);
        Assert.Single(await node.EventsAsync());
        Assert.Equal((1, 2), (node.Count("alertmanager", InboundAlertResult.Fired), node.Count("alertmanager", InboundAlertResult.Again)));
    }

    [Fact]
    public async Task Post_EndInThePast_EndsItOnceAndTheNextIsANewAlert()
    {
        await using var node = await InboundNode.StartAsync(database);
        await node.AlertsAsync(Slow);
        node.Time.Advance(TimeSpan.FromMinutes(2));
        var ended = Slow.Replace("09:04:00Z", "09:01:30Z", StringComparison.Ordinal);
        await node.AlertsAsync(ended);
        await node.AlertsAsync(ended);

        Assert.Empty(await node.ListAsync());
        var first = Assert.Single(await node.ListAsync(all: true));
        Assert.Equal("2026-03-02 09:01:30Z", $"{first.ResolvedAt:u}");
        Assert.Null(first.EndReason);
        Assert.Equal([InboundAlertStore.Fired, InboundAlertStore.Resolved], (await node.EventsAsync()).Select(e => e.Type));
        Assert.Equal(1, node.Count("alertmanager", InboundAlertResult.Unknown));

        await node.AlertsAsync(Slow);
        Assert.NotEqual(first.Id, Assert.Single(await node.ListAsync()).Id);
    }

    [Fact]
    public async Task Expiry_NobodySaysThatItGoesOn_EndsItWithTheReason()
    {
        await using var node = await InboundNode.StartAsync(database);
        var expiry = node.Expiry();
        await expiry.RunAsync(TestContext.Current.CancellationToken);
        node.Time.Advance(TimeSpan.FromMinutes(3));
        await node.AlertsAsync(Slow.Replace("\"endsAt\": \"2026-03-02T09:04:00Z\",", "", StringComparison.Ordinal));

        node.Time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(0, await expiry.RunAsync(TestContext.Current.CancellationToken));
        node.Time.Advance(TimeSpan.FromMinutes(1.5));
        Assert.Equal(1, await expiry.RunAsync(TestContext.Current.CancellationToken));

        var alert = Assert.Single(await node.ListAsync(all: true));
        Assert.Equal("2026-03-02 09:08:00Z", $"{alert.ResolvedAt:u}");
        Assert.Contains("held until 2026-03-02 09:08:00Z", alert.EndReason, StringComparison.Ordinal);
        Assert.Equal(InboundAlertStore.Resolved, (await node.EventsAsync())[^1].Type);
        Assert.Equal(1, node.Count("alertmanager", InboundAlertResult.Expired));
    }

    // A restart would else end every alert and page anew a minute later.
    [Fact]
    public async Task Expiry_AfterARestart_WaitsUntilProgramsHadTimeToSpeak()
    {
        await using var node = await InboundNode.StartAsync(database);
        await node.AlertsAsync(Slow);
        node.Time.Advance(TimeSpan.FromMinutes(10));

        var next = node.Expiry();
        Assert.Equal(0, await next.RunAsync(TestContext.Current.CancellationToken));
        node.Time.Advance(TimeSpan.FromMinutes(1));
        await node.AlertsAsync(Slow.Replace("09:04:00Z", "09:15:00Z", StringComparison.Ordinal));
        node.Time.Advance(TimeSpan.FromMinutes(4.5));

        Assert.Equal(1, await next.RunAsync(TestContext.Current.CancellationToken));
        Assert.Equal("2026-03-02 09:15:00Z", $"{Assert.Single(await node.ListAsync(all: true)).ResolvedAt:u}");
    }

    [Theory]
    [InlineData("""{"labels": {}}""", "bad_request", null)]
    [InlineData("""[{"labels": {"alertname": "X"},""", "bad_request", null)]
    [InlineData("""[{"labels": {"alertname": "X", "alertname": "Y"}}]""", "bad_request", null)]
    [InlineData("""[{"labels": {"job": "X"}}]""", "invalid_alerts", "no_alertname [0].labels.alertname")]
    [InlineData("""[{"labels": {"alertname": ""}}]""", "invalid_alerts", "no_alertname [0].labels.alertname")]
    [InlineData("""[null]""", "invalid_alerts", "no_alertname [0].labels.alertname")]
    [InlineData("""[{"labels": {"alertname": "X"}, "startsAt": "2026-03-02T10:00:01Z"}]""", "invalid_alerts", "far_future [0].startsAt")]
    [InlineData("""[{"labels": {"alertname": "X"}, "endsAt": "9999-12-31T23:59:59Z"}]""", "invalid_alerts", "far_future [0].endsAt")]
    [InlineData("""[{"labels": {"alertname": "X"}, "startsAt": "2026-03-02T08:00:00Z", "endsAt": "2026-03-02T07:00:00Z"}]""", "invalid_alerts", "bad_times [0].endsAt")]
    [InlineData("""[{"labels": {"alertname": "X"}, "startsAt": "yesterday"}]""", "invalid_alerts", "bad_time [0].startsAt")]
    [InlineData("""[{"labels": {"alertname": "X"}, "startsAt": "2026-03-02T08:00:00"}]""", "invalid_alerts", "bad_time [0].startsAt")]
    [InlineData("""[{"labels": {"alertname": "X"}, "endsAt": "2026-03-03"}]""", "invalid_alerts", "bad_time [0].endsAt")]
    [InlineData("""[{"labels": {"alertname": "X"}, "startsAt": 1772442000}]""", "bad_request", null)]
    public async Task Post_WhatCannotBeTaken_IsRefusedWithItsPlace(string json, string code, string? finding)
    {
        await using var node = await InboundNode.StartAsync(database);

        var (status, body) = await node.AlertsAsync(json);

        Assert.Equal((400, code), (status, body!["code"]!.GetValue<string>()));
        if (code == "invalid_alerts") Assert.EndsWith("nothing was taken.", body["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        if (finding is not null) Assert.Equal(finding, $"{body["findings"]![0]!["code"]} {body["findings"]![0]!["path"]}");
        Assert.Empty(await node.ListAsync(all: true));
    }

    [Fact]
    public async Task Post_TimeWithoutAnOffset_SaysWhatATimeIsAndItsNeighbourIsTaken()
    {
        await using var node = await InboundNode.StartAsync(database);

        var (status, body) = await node.AlertsAsync("""
            [{"labels": {"alertname": "Local"}, "startsAt": "2026-03-02T08:59:30"},
             {"labels": {"alertname": "Go"}, "startsAt": "0001-01-01T00:00:00Z", "endsAt": "0001-01-01T00:00:00Z"},
             {"labels": {"alertname": "Berlin"}, "startsAt": "2026-03-02T09:59:30.123456789+01:00"}]
            """);

        Assert.Equal((400, "1 of 3 alerts were refused; the others were taken."), (status, body!["detail"]!.GetValue<string>()));
        Assert.Equal("Expected a time such as \"2026-03-01T09:00:00Z\", with Z or an offset, found the text \"2026-03-02T08:59:30\".", body["findings"]![0]!["message"]!.GetValue<string>());
        Assert.Equal(["2026-03-02T08:59:30.1234567Z", "2026-03-02T09:00:00.0000000Z"], (await node.ListAsync()).Select(a => a.FiredAt.UtcDateTime.ToString("o")).Order());
    }

    [Fact]
    public async Task Post_TenThousandLabels_IsRefusedAndItsNeighbourIsTaken()
    {
        await using var node = await InboundNode.StartAsync(database);
        var labels = new StringBuilder();
        for (var i = 0; i < 10_000; i++) labels.Append(System.Globalization.CultureInfo.InvariantCulture, $",\"l{i}\":\"v\"");

        var (status, body) = await node.AlertsAsync($$"""[{"labels": {"alertname": "Many"{{labels}} } }, {"labels": {"alertname": "Fine"} }]""");

        Assert.Equal(400, status);
        Assert.Equal("1 of 2 alerts were refused; the others were taken.", body!["detail"]!.GetValue<string>());
        Assert.Contains("10001 labels", body["findings"]![0]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("Fine", Assert.Single(await node.ListAsync()).Title);
        Assert.Equal(1, node.Count("alertmanager", InboundAlertResult.Invalid));
    }

    [Fact]
    public async Task Post_MoreThanMayFire_IsRefusedCountedAndSaid()
    {
        await using var node = await InboundNode.StartAsync(database);
        string Batch(int from, int count) => "[" + string.Join(',', Enumerable.Range(from, count).Select(i => $$"""{"labels": {"alertname": "A{{i}}"} }""")) + "]";
        Assert.Equal(200, (await node.AlertsAsync(Batch(0, 1000))).Status);
        Assert.Equal(200, (await node.AlertsAsync(Batch(1000, 990))).Status);

        var (status, body) = await node.AlertsAsync(Batch(1985, 20));

        Assert.Equal(503, status);
        Assert.Contains("5 of 20 alerts were refused: 2000 alerts", body!["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((2000, 5, 2000), ((await node.ListAsync()).Count, node.Count("alertmanager", InboundAlertResult.Full), node.Counts.Open));
        Assert.Contains("refused", Assert.Single(node.Health.Problems), StringComparison.Ordinal);
        Assert.Equal(413, (await node.AlertsAsync("[\"" + new string('x', 5 << 20) + "\"]")).Status);
        Assert.Equal(400, (await node.AlertsAsync(Batch(0, 1001))).Status);
    }

    // Alertmanager keeps labels, so what went out of here is known by its mark when it comes back.
    [Fact]
    public async Task Post_AlertThatWentOutOfHere_PagesNobodyAgain()
    {
        await using var node = await InboundNode.StartAsync(database);
        var us = node.State.Installation;

        await node.AlertsAsync($$"""
            [{"labels": {"alertname": "TidegateBurn", "tidegate": "{{us}}"} }, {"labels": {"alertname": "Passed", "tidegate": "other,{{us}}"} }, {"labels": {"alertname": "Theirs", "tidegate": "other"} }]
            """);

        Assert.Equal("Theirs", Assert.Single(await node.ListAsync()).Title);
        Assert.Equal(2, node.Count("alertmanager", InboundAlertResult.Own));
    }

    [Fact]
    public async Task Doors_Credentials_TokenByBearerOrBasicWithTheScopeAndNoOther()
    {
        await using var node = await InboundNode.StartAsync(database);
        string Basic(string password) => "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"prometheus:{password}"));
        var reads = await node.TokenAsync("objectives.read");

        Assert.Equal(200, (await node.PostAsync("/api/v2/alerts", Slow, Basic(node.Token))).Status);
        Assert.Equal(401, (await node.PostAsync("/api/v2/alerts", Slow, null)).Status);
        Assert.Equal(401, (await node.PostAsync("/api/v2/alerts", Slow, Basic("password"))).Status);
        Assert.Equal(401, (await node.PostAsync("/api/v2/alerts", Slow, "Basic bm9jb2xvbg==")).Status);
        Assert.Equal(403, (await node.PostAsync("/api/v2/alerts", Slow, $"Bearer {reads}")).Status);
        Assert.Equal(403, (await node.PostAsync("/api/v1/inbound/alertmanager", Slow, $"Bearer {reads}")).Status);
        // Where it was not asked for, basic authentication is none.
        Assert.Equal(401, (await node.PostAsync("/api/v1/tokens", "{}", Basic(node.Token))).Status);
        Assert.Equal(200, (await node.GetAsync("/api/v2/status", node.Token)).Status);
        Assert.Equal(403, (await node.GetAsync("/api/v2/alerts", node.Token)).Status);
        Assert.Equal("Slow", (await node.GetAsync("/api/v2/alerts", reads)).Body![0]!["labels"]!["alertname"]!.GetValue<string>());
        Assert.Equal(400, (await node.GetAsync("/api/v2/alerts?filter=a%3Db", reads)).Status);
    }
}
