using Tidegate.Insight.InboundAlerts;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.Notifications.Texts;
using Tidegate.Insight.Objectives;
using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.InboundAlerts;

/// <summary>Alerts from outside go the way of our own: targets, silences, inhibition, one page a cause.</summary>
public sealed class RoutingTests : IAsyncDisposable
{
    private const string Hook = """
        apiVersion: tidegate/v1
        kind: NotificationTarget
        metadata: {name: hook}
        spec:
          channel: {type: webhook, url: "RECEIVERhook"}
        """;

    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Firing_FromOutside_IsSaidWithItsTextAndItsEnd()
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook);
        await node.Router.FiringAsync(Notices.Of(Outside("Slow")), [], Cancel);
        await node.SendAsync();
        await node.Router.ResolvedAsync(Notices.Of(Outside("Slow") with { ResolvedAt = node.Time.GetUtcNow(), EndReason = "Nobody has said that it goes on." }), Cancel);
        await node.SendAsync();

        var (fired, ended) = (node.Got.First().Json["data"]!, node.Got.Last().Json["data"]!);
        Assert.Equal("PAGE: shop: Slow", fired["title"]!.GetValue<string>());
        Assert.Contains("p99 is 3 s\nSeen at http://prometheus.example/graph (told by alertmanager)", fired["body"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("Nobody has said that it goes on.", ended["body"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Firing_SilencedByItsLabel_IsKeptBack()
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook + "\n---\napiVersion: tidegate/v1\nkind: Silence\nmetadata: {name: quiet}\nspec: {matchers: [{name: alertname, value: Slow}], until: 2026-03-02T10:00:00Z, author: ada, reason: known}\n");
        await node.Router.FiringAsync(Notices.Of(Outside("Slow")), [], Cancel);
        await node.Router.FiringAsync(Notices.Of(Outside("Other")), [], Cancel);
        await node.SendAsync();

        Assert.Equal("PAGE: shop: Other", Assert.Single(node.Got).Json["data"]!["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Firing_OfAServiceWhoseDependencyBurns_FollowsFromIt()
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook + """

            ---
            apiVersion: tidegate/v1
            kind: Service
            metadata: {name: shop}
            spec: {destinations: [{address: "http://127.0.0.1:9"}], dependencies: [{service: stock, kind: hard}]}
            ---
            apiVersion: tidegate/v1
            kind: Service
            metadata: {name: stock}
            spec: {destinations: [{address: "http://127.0.0.1:9"}]}
            """);
        var cause = await node.FireAsync("stock", "stock");
        await node.Router.FiringAsync(Notices.Of(Outside("Slow")), [Notices.Of(cause), Notices.Of(Outside("Slow"))], Cancel);
        await node.SendAsync();

        Assert.Single(node.Got);
        Assert.Equal($"follows from {cause.Id}: shop depends on stock", Assert.Single(await node.Store.ListAsync("suppressed", null, null, 10, Cancel)).Reason);
    }

    [Fact]
    public async Task Firing_SomebodyIsAtIt_IsNotSaidAgain()
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook);
        await node.Router.FiringAsync(Notices.Of(Outside("Slow")), [], Cancel);
        await node.SendAsync();
        node.Time.Advance(TimeSpan.FromHours(5));

        await node.Router.FiringAsync(Notices.Of(Outside("Slow") with { AcknowledgedAt = node.Time.GetUtcNow() }), [], Cancel);
        await node.SendAsync();
        Assert.Single(node.Got);
        await node.Router.FiringAsync(Notices.Of(Outside("Slow")), [], Cancel);
        await node.SendAsync();
        Assert.Equal(2, node.Got.Count);
    }

    // Out and back again: the mark holds over both formats.
    [Theory]
    [InlineData("{type: alertmanager, urls: [\"RECEIVER\"]}")]
    [InlineData("{type: pagerduty, routingKey: \"${env:KEY}\", url: \"RECEIVER\"}")]
    public async Task Sent_ByOurOwnChannel_CarriesTheMarkOfAllItWentThrough(string channel)
    {
        await using var node = await NotificationNode.StartAsync(_database, $"apiVersion: tidegate/v1\nkind: NotificationTarget\nmetadata: {{name: people}}\nspec:\n  channel: {channel}\n");
        var alert = Outside("Slow");
        await node.Router.FiringAsync(Notices.Of(alert with { Labels = new Dictionary<string, string>(alert.Labels) { [AlertMark.Label] = "other" } }), [], Cancel);
        await node.SendAsync();

        var sent = Assert.Single(node.Got).Json;
        var mark = (sent is System.Text.Json.Nodes.JsonArray alerts ? alerts[0]!["labels"]!["tidegate"] : sent["payload"]!["custom_details"]!["tidegate"])!.GetValue<string>();
        Assert.True(AlertMark.IsOf(mark, (await _database.OpenAsync()).Installation));
        Assert.True(AlertMark.IsOf(mark, "other"));
        Assert.False(AlertMark.IsOf(mark, "another"));
    }

    private static Alert Outside(string name) => new OutsideAlert
    {
        Origin = "alertmanager", Word = OutsideWord.Fires, Fingerprint = AlertText.Hash(name), Title = $"shop: {name}", Summary = "slow", Link = "http://prometheus.example/graph",
        Labels = new Dictionary<string, string> { ["alertname"] = name, ["service"] = "shop", ["severity"] = "critical" }, Annotations = new Dictionary<string, string> { ["description"] = "p99 is 3 s" },
    }.ToAlert($"inbound_{name}", new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
}
