using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.InboundAlerts;
using Tidegate.Tests.Insight.InboundAlerts.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.InboundAlerts;

/// <summary>Events as PagerDuty takes them.</summary>
public sealed class PagerDutyEventsTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Enqueue_TriggerAcknowledgeResolve_IsOneAlertThatEnds()
    {
        await using var node = await InboundNode.StartAsync(_database);
        var (status, body) = await node.PageAsync(Trigger("disk"));
        Assert.Equal((202, "success", "disk"), (status, body!["status"]!.GetValue<string>(), body["dedup_key"]!.GetValue<string>()));
        await node.PageAsync(Trigger("disk"));
        await node.PageAsync(new JsonObject { ["event_action"] = "acknowledge", ["dedup_key"] = "disk" });

        var alert = Assert.Single(await node.ListAsync());
        Assert.Equal(("pagerduty", AlertSeverity.Page, "Disk is full on db1", "db", "full"), (alert.Origin, alert.Severity, alert.Title, alert.Service, alert.Labels["alertname"]));
        Assert.Equal(("https://grafana.example/d/1", "97 %"), (alert.Link, alert.Annotations["used"]));
        Assert.NotNull(alert.AcknowledgedAt);

        await node.PageAsync(new JsonObject { ["event_action"] = "resolve", ["dedup_key"] = "disk" });
        Assert.Empty(await node.ListAsync());
        Assert.Equal([InboundAlertStore.Fired, InboundAlertStore.Acknowledged, InboundAlertStore.Resolved], (await node.EventsAsync()).Select(e => e.Type));
    }

    [Fact]
    public async Task Enqueue_TriggerWithoutAKey_GetsOne()
    {
        await using var node = await InboundNode.StartAsync(_database);
        var trigger = Trigger("x");
        trigger.Remove("dedup_key");

        var key = (await node.PageAsync(trigger)).Body!["dedup_key"]!.GetValue<string>();
        await node.PageAsync(new JsonObject { ["event_action"] = "resolve", ["dedup_key"] = key });

        Assert.NotNull(Assert.Single(await node.ListAsync(all: true)).ResolvedAt);
    }

    [Fact]
    public async Task Enqueue_KeyThatIsNoToken_IsRefusedBeforeAnythingElse()
    {
        await using var node = await InboundNode.StartAsync(_database);
        foreach (var (key, expected) in new[] { ("R0123456789", 401), ("", 401), (await node.TokenAsync("objectives.read"), 403) })
        {
            var trigger = Trigger("x");
            trigger["routing_key"] = key;
            var (status, body) = await node.PageAsync(trigger);
            Assert.Equal(expected, status);
            if (key.Length > 0) Assert.DoesNotContain(key, body!.ToJsonString(), StringComparison.Ordinal);
        }

        Assert.Empty(await node.ListAsync(all: true));
    }

    [Fact]
    public async Task Enqueue_EverythingWrong_IsSaidAtOnceInPagerDutysShape()
    {
        await using var node = await InboundNode.StartAsync(_database);

        var (status, body) = await node.PageAsync(new JsonObject
        {
            ["event_action"] = "trigger", ["dedup_key"] = new string('k', 256), ["payload"] = new JsonObject { ["severity"] = "awful", ["timestamp"] = "2030-01-01T00:00:00Z", ["component"] = new string('c', 3000) },
        });

        Assert.Equal((400, "invalid event"), (status, body!["status"]!.GetValue<string>()));
        Assert.Equal(6, body["errors"]!.AsArray().Count);
        Assert.Equal(400, (await node.PageAsync(new JsonObject { ["event_action"] = "resolve" })).Status);
        Assert.Equal(400, (await node.PostAsync("/v2/enqueue", "{\"routing_key\": ", null)).Status);
        Assert.Equal(413, (await node.PostAsync("/v2/enqueue", "{\"routing_key\": \"" + new string('x', 600 << 10) + "\"}", null)).Status);
        Assert.Empty(await node.ListAsync(all: true));
    }

    // PagerDuty's own example has no colon, and many scripts send what their language prints: a page is worth more than its offset.
    [Theory]
    [InlineData("2026-03-02T08:42:58.315+0000", "2026-03-02T08:42:58.3150000Z")]
    [InlineData("2026-03-02T09:42:58+0100", "2026-03-02T08:42:58.0000000Z")]
    [InlineData("2026-03-02T09:42:58.123456789+01:00", "2026-03-02T08:42:58.1234567Z")]
    [InlineData("2026-03-02T08:42:58.123456", "2026-03-02T08:42:58.1234560Z")]
    [InlineData("0001-01-01T00:00:00Z", "2026-03-02T09:00:00.0000000Z")]
    public async Task Enqueue_Timestamp_IsReadWhateverTheMachinesZoneIs(string timestamp, string began)
    {
        await using var node = await InboundNode.StartAsync(_database);
        var trigger = Trigger("disk");
        trigger["payload"]!["timestamp"] = timestamp;

        Assert.Equal(202, (await node.PageAsync(trigger)).Status);

        Assert.Equal(began, Assert.Single(await node.ListAsync()).FiredAt.UtcDateTime.ToString("o"));
    }

    [Fact]
    public async Task Enqueue_TimestampThatIsNone_IsSaid()
    {
        await using var node = await InboundNode.StartAsync(_database);
        var trigger = Trigger("disk");
        trigger["payload"]!["timestamp"] = "yesterday";

        var (status, body) = await node.PageAsync(trigger);

        Assert.Equal((400, "'payload.timestamp' must be a time such as \"2026-03-01T09:00:00Z\""), (status, body!["errors"]![0]!.GetValue<string>()));
    }

    // Details whose names differ only in characters that steer a screen once broke nothing; they must not.
    [Fact]
    public async Task Enqueue_DetailsWithOddNames_AreTaken()
    {
        await using var node = await InboundNode.StartAsync(_database);
        var trigger = Trigger("odd");
        trigger["payload"]!["custom_details"] = new JsonObject { ["a\u0001"] = "1", ["a\u0002"] = new JsonObject { ["deep"] = true } };

        Assert.Equal(202, (await node.PageAsync(trigger)).Status);
        Assert.Equal("{\"deep\":true}", Assert.Single(await node.ListAsync()).Annotations["a "]);
    }

    [Fact]
    public async Task Enqueue_GroupOfAlertmanager_IsOursOnlyWhenAllOfItIs()
    {
        await using var node = await InboundNode.StartAsync(_database);
        var us = node.State.Installation;
        string One(string name, string mark) => $"Labels:\n - alertname = {name}\n - service = shop\n{(mark.Length > 0 ? $" - tidegate = {mark}\n" : "")}Annotations:\n - summary = s\nSource: \n";

        await node.PageAsync(Group("ours", One("Burn", us) + One("Burn2", $"other,{us}")));
        Assert.Empty(await node.ListAsync(all: true));
        Assert.Equal(1, node.Count("pagerduty", InboundAlertResult.Own));
        var details = Trigger("sent");
        details["payload"]!["custom_details"] = new JsonObject { ["tidegate"] = us };
        await node.PageAsync(details);
        Assert.Empty(await node.ListAsync(all: true));

        await node.PageAsync(Group("mixed", One("Burn", us) + One("Theirs", "")));
        var alert = Assert.Single(await node.ListAsync());
        Assert.Equal(("shop", "full"), (alert.Service, alert.Labels["alertname"]));
    }

    private static JsonObject Group(string key, string firing)
    {
        var trigger = Trigger(key);
        trigger["payload"]!["custom_details"] = new JsonObject { ["firing"] = firing, ["num_firing"] = "2" };
        return trigger;
    }

    private static JsonObject Trigger(string key) => new()
    {
        ["event_action"] = "trigger", ["dedup_key"] = key,
        ["payload"] = new JsonObject
        {
            ["summary"] = "Disk is full on db1", ["source"] = "db1.example", ["severity"] = "critical", ["component"] = "db", ["class"] = "full", ["custom_details"] = new JsonObject { ["used"] = "97 %" },
        },
        ["links"] = new JsonArray(new JsonObject { ["href"] = "javascript:alert(1)" }, new JsonObject { ["href"] = "https://grafana.example/d/1" }),
    };
}
