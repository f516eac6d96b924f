using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Tests.Insight.InboundAlerts.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.InboundAlerts;

/// <summary>What an Alertmanager posts to a webhook.</summary>
public sealed class AlertmanagerWebhookTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Post_GroupOfWhichOneHasEnded_TakesEachByItsOwnStatus()
    {
        await using var node = await InboundNode.StartAsync(_database);
        await PostAsync(node, """{"status": "firing", "labels": {"alertname": "A"}, "startsAt": "2026-03-02T08:00:00Z", "endsAt": "0001-01-01T00:00:00Z"}, {"status": "firing", "labels": {"alertname": "B", "severity": "warning"}}""");
        node.Time.Advance(TimeSpan.FromHours(3));
        await PostAsync(node, """{"status": "resolved", "labels": {"alertname": "A"}, "startsAt": "2026-03-02T08:00:00Z", "endsAt": "2026-03-02T11:00:00Z"}, {"status": "firing", "labels": {"alertname": "B", "severity": "warning"}}""");

        var left = Assert.Single(await node.ListAsync());
        Assert.Equal(("webhook", "B", AlertSeverity.Ticket), (left.Origin, left.Title, left.Severity));
        Assert.Equal("2026-03-02 11:00:00Z", $"{(await node.ListAsync(all: true)).Single(a => a.Title == "A").ResolvedAt:u}");
    }

    // The same alert over two ways is one.
    [Fact]
    public async Task Post_AlertThatPrometheusToldDirectly_IsKnown()
    {
        await using var node = await InboundNode.StartAsync(_database);
        await node.AlertsAsync("""[{"labels": {"alertname": "A", "job": "j"}}]""");
        await PostAsync(node, """{"status": "firing", "labels": {"job": "j", "alertname": "A"}}""");

        Assert.Single(await node.ListAsync(all: true));
        Assert.Equal(1, node.Count("webhook", InboundAlertResult.Again));
    }

    [Theory]
    [InlineData("""{"version": "3", "alerts": []}""", "version")]
    [InlineData("""{"alerts": []}""", "version")]
    [InlineData("""{"version": "4"}""", "alerts")]
    [InlineData("""{"version": "4", "alerts": [{"labels": {"alertname": "A"}}]}""", null)]
    [InlineData("""{"version": "4", "alerts": [{"status": "firing", "labels": {}}]}""", null)]
    [InlineData("""[]""", "$")]
    [InlineData("""{"version": "4", "alerts":""", null)]
    public async Task Post_WhatIsNotAWebhookOfVersion4_IsRefused(string json, string? path)
    {
        await using var node = await InboundNode.StartAsync(_database);

        var (status, body) = await node.PostAsync("/api/v1/inbound/alertmanager", json);

        Assert.Equal(400, status);
        if (path is not null) Assert.Equal(path, body!["path"]!.GetValue<string>());
        Assert.Empty(await node.ListAsync(all: true));
    }

    private static async Task PostAsync(InboundNode node, string alerts) =>
        Assert.Equal(200, (await node.PostAsync("/api/v1/inbound/alertmanager", $$"""{"version": "4", "groupKey": "{}:{}", "status": "firing", "receiver": "tidegate", "groupLabels": {}, "commonLabels": {}, "commonAnnotations": {}, "externalURL": "http://am", "truncatedAlerts": 0, "alerts": [{{alerts}}]}""")).Status);
}
