using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications;

/// <summary>A target that is a cluster of Alertmanagers.</summary>
public sealed class AlertmanagerChannelTests : IAsyncDisposable
{
    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    // An address may have a path (--web.route-prefix), with and without a slash at its end.
    [Fact]
    public async Task Fire_SeveralUrls_EachGetsTheAlertAndTheHeaders()
    {
        await using var node = await StartAsync("urls: [\"RECEIVER\", \"RECEIVERsecond/\", \"RECEIVERthird\"], headers: {Authorization: \"Bearer ${env:KEY}\", X-Team: shop}");
        await node.FireAsync("orders");
        await node.SendAsync();

        Assert.Equal(["/api/v2/alerts", "/second/api/v2/alerts", "/third/api/v2/alerts"], node.Got.Select(g => g.Path));
        Assert.All(node.Got, got => Assert.Equal(("Bearer k3y", "shop", "alert_orders_Page"), (got.Headers["Authorization"], got.Headers["X-Team"], got.Json[0]!["labels"]!["alert"]!.GetValue<string>())));
    }

    // They tell each other: one that took it is enough.
    [Fact]
    public async Task Fire_OneOfSeveralIsAway_IsSent_AndAllAway_IsTriedAgain()
    {
        await using var node = await StartAsync("urls: [\"http://127.0.0.1:9\", \"RECEIVER\"]");
        await node.FireAsync("orders");
        await node.SendAsync();
        Assert.Equal("sent", Assert.Single(await node.Store.ListAsync(null, null, null, 10, Cancel)).State);

        node.Status = 503;
        await node.FireAsync("stock", "stock");
        await node.SendAsync();
        Assert.Equal(1, Assert.Single(await node.Store.ListAsync("pending", null, null, 10, Cancel)).Attempts);
        node.Status = 200;
        await node.SendAsync(TimeSpan.FromSeconds(5));
        Assert.Empty(await node.Store.ListAsync("pending", null, null, 10, Cancel));
        Assert.Equal(3, node.Got.Count);
    }

    // Found by reading: where the first refuses for good and the second is away, it was given up at once.
    [Fact]
    public async Task Fire_OneRefusesAndTheOtherIsAway_IsTriedAgain()
    {
        await using var node = await StartAsync("urls: [\"RECEIVER\", \"http://127.0.0.1:9\"]");
        node.Status = 400;
        await node.FireAsync("orders");
        await node.SendAsync();

        Assert.Equal("pending", Assert.Single(await node.Store.ListAsync(null, null, null, 10, Cancel)).State);
    }

    private Task<NotificationNode> StartAsync(string channel) =>
        NotificationNode.StartAsync(_database, $"apiVersion: tidegate/v1\nkind: NotificationTarget\nmetadata: {{name: people}}\nspec:\n  channel: {{type: alertmanager, {channel}}}\n");
}
