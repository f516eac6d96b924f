using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications;

/// <summary>Which alerts a silence is for, and when.</summary>
public sealed class SilenceTests : IAsyncDisposable
{
    private const string Hook = "apiVersion: tidegate/v1\nkind: NotificationTarget\nmetadata: {name: hook}\nspec: {channel: {type: webhook, url: \"RECEIVERhook\"}}\n---\napiVersion: tidegate/v1\nkind: Silence\nmetadata: {name: quiet}\nspec: ";

    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Theory]
    [InlineData("{name: service, op: \"=\", value: orders}", "stock")]
    [InlineData("{name: service, op: \"!=\", value: orders}", "orders")]
    [InlineData("{name: service, op: \"=~\", value: \"ord.*\"}", "stock")]
    [InlineData("{name: service, op: \"=~\", value: \"ord\"}", "orders stock")] // the whole value, as in Alertmanager
    [InlineData("{name: service, op: \"=~\", value: \"rders|stock\"}", "orders")] // both ends of every alternative
    [InlineData("{name: service, op: \"!~\", value: \"ord.*\"}", "orders")]
    [InlineData("{name: service, op: \"!~\", value: \"ord\"}", "")]
    [InlineData("{name: team, op: \"!=\", value: shop}", "")] // a label that is not there is empty
    [InlineData("{name: team, op: \"=~\", value: \".+\"}", "orders stock")]
    [InlineData("{name: service, value: orders}, {name: severity, op: \"!=\", value: page}", "orders stock")] // all must fit
    public async Task Fire_WhileASilenceFits_NobodyIsTold(string matchers, string told)
    {
        await using var node = await NotificationNode.StartAsync(_database, $"{Hook}{{matchers: [{matchers}], until: 2026-03-03T09:00:00Z, author: ada, reason: known}}\n");
        await node.FireAsync("orders");
        await node.FireAsync("stock", "stock");
        await node.SendAsync();

        Assert.Equal(told, string.Join(' ', node.Got.Select(g => g.Json["data"]!["alerts"]![0]!["labels"]!["service"]!.GetValue<string>()).Order(StringComparer.Ordinal)));
        Assert.Equal(2 - node.Got.Count, (await node.Store.ListAsync("suppressed", null, null, 10, Cancel)).Count);
    }

    [Fact]
    public async Task Fire_SilenceBeginsLater_IsToldUntilThenAndNotSaidAgainAfterwards()
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook + "{matchers: [{name: service, value: orders}], from: 2026-03-02T10:00:00Z, until: 2026-03-02T15:00:00Z, author: ada, reason: move}\n");
        await node.FireAsync("early");
        await node.SendAsync();
        Assert.Single(node.Got);

        await node.SendAsync(TimeSpan.FromHours(1));
        await node.FireAsync("late");
        await node.SendAsync();
        await node.SendAsync(TimeSpan.FromHours(4)); // the repeat of the first would be due
        Assert.Single(node.Got);

        await node.SendAsync(TimeSpan.FromHours(1));
        await node.SendAsync(TimeSpan.FromMinutes(1));
        Assert.Equal(["early", "late"], node.Got.Skip(1).SelectMany(g => g.Json["data"]!["alerts"]!.AsArray()).Select(a => a!["labels"]!["objective"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }
}
