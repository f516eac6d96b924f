using Tidegate.Tests.Insight.Notifications.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Notifications;

/// <summary>What is tried again, when, and what is final.</summary>
public sealed class RetryTests : IAsyncDisposable
{
    private const string Hook = "apiVersion: tidegate/v1\nkind: NotificationTarget\nmetadata: {name: hook}\nspec:\n  channel: {type: webhook, url: \"RECEIVERhook\"}\n";

    private readonly SqliteTestDatabase _database = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    // docs/guides/notifications.md: what may be mended on the other side is tried again, also a credential that is refused or an address that is not there yet.
    [Theory]
    [InlineData("pending", 408, 425, 429, 401, 403, 404, 500, 501, 502, 503, 504, 599)]
    [InlineData("dead", 300, 301, 302, 303, 304, 307, 308, 400, 402, 405, 406, 409, 410, 413, 415, 422, 451, 499)]
    [InlineData("sent", 200, 201, 202, 204)]
    public async Task Send_ReceiverAnswers_IsSentTriedAgainOrFinal(string state, params int[] answers)
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook);
        foreach (var answer in answers)
        {
            node.Status = answer;
            await node.FireAsync($"o{answer}", $"s{answer}");
            await node.SendAsync();
        }

        var all = await node.Store.ListAsync(null, null, null, 100, Cancel);
        Assert.Equal(answers.Order().Select(a => $"o{a} {state}"), all.Select(n => $"{n.Alert.Split('_')[1]} {n.State}").Order(StringComparer.Ordinal));
        Assert.All(all.Where(n => n.State != "sent"), n => Assert.Contains($"answered {n.Alert.Split('_')[1][1..]}", n.Reason, StringComparison.Ordinal));
    }

    // What was signed for one address does not go to another.
    [Fact]
    public async Task Send_ReceiverRedirects_IsNotFollowed()
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook);
        var asked = new List<string>();
        node.Receiver.Handler = context =>
        {
            asked.Add(context.Request.Path);
            (context.Response.StatusCode, context.Response.Headers.Location) = (307, "/elsewhere");
            return Task.CompletedTask;
        };

        await node.FireAsync("orders");
        await node.SendAsync();

        Assert.Equal(["/hook"], asked);
        Assert.Equal("dead", Assert.Single(await node.Store.ListAsync(null, null, null, 10, Cancel)).State);
    }

    [Theory]
    [InlineData(0.0, 0.5)]
    [InlineData(0.5, 0.75)]
    [InlineData(0.9999999, 1.0)]
    public async Task Send_IsNotTaken_PausesDoubleToFifteenMinutesLessAPartAtRandom(double drawn, double part)
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook);
        node.Random.Then([.. Enumerable.Repeat(drawn, 12)]);
        node.Status = 503;
        await node.FireAsync("orders");
        await node.SendAsync();
        var pauses = new List<double>();
        for (var i = 0; i < 11; i++)
        {
            var waits = Assert.Single(await node.Store.ListAsync("pending", null, null, 10, Cancel));
            pauses.Add((waits.NextAt!.Value - node.Time.GetUtcNow()).TotalSeconds);
            await node.SendAsync(waits.NextAt.Value - node.Time.GetUtcNow() - TimeSpan.FromMilliseconds(1));
            Assert.Equal(i + 1, node.Got.Count); // not a moment before
            await node.SendAsync(TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal([5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900], pauses.Select(p => Math.Round(p / part, 3)));
    }

    // Found by reading: a message whose group had waited for a day was given up at its first try.
    [Fact]
    public async Task Send_OneOfItsGroupIsADayOld_TheYoungerIsTriedAgain()
    {
        await using var node = await NotificationNode.StartAsync(_database, Hook);
        node.Status = 503;
        await node.FireAsync("old");
        await node.SendAsync();
        node.Time.Advance(TimeSpan.FromHours(25));
        await node.FireAsync("young");
        await node.SendAsync();

        Assert.Equal(["old dead", "young pending"], (await node.Store.ListAsync(null, null, null, 10, Cancel)).Where(n => n.Kind == "fired").Select(n => $"{n.Alert.Split('_')[1]} {n.State}").Order(StringComparer.Ordinal));
    }
}
