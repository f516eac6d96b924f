using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Budgets;

/// <summary>What is told of budgets, in a whole node: events, once for a window and a limit, and messages to whom it may concern. A call uses 22 tokens.</summary>
public sealed class BudgetNoticeTests : IAsyncLifetime
{
    private const string Ask = """{"model":"fast","max_tokens":10,"messages":[{"role":"user","content":"hi"}]}""";

    private ModelNode _node = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _node = await ModelNode.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task SoftLimit_Reached_IsAnEventOnce_AlsoAfterARestart_AndAnotherLimitIsAnother()
    {
        await _node.ApplyAsync(Budget(tokens: 1000, soft: 0.04));
        await AskAsync();
        Assert.Empty(await EventsAsync());
        await AskAsync();

        var told = Assert.Single(await WaitAsync(1));
        Assert.Equal(("budgets.soft_limit_reached", "budget/spend"), ((string?)told["type"], (string?)told["subject"]));
        var data = told["data"]!;
        Assert.Equal(("spend", 44L, 1000L, 0.04), ((string?)data["budget"], (long)data["tokens"]!["used"]!, (long)data["tokens"]!["limit"]!, (double)data["softLimit"]!));
        await AskAsync();
        await _node.RestartAsync();
        await AskAsync();
        Assert.Single(await EventsAsync());

        await _node.ApplyAsync(Budget(tokens: 1000, soft: 0.1));
        await AskAsync(); // 110 tokens

        Assert.Equal(["soft-0.1", "soft-0.04"], (await WaitAsync(2)).Select(e => ((string)e["id"]!).Split('/')[^1]));
    }

    [Fact]
    public async Task Exhausted_TellsOfTheFirstRefusal_AndBothReachWhoIsToBeTold()
    {
        var got = new ConcurrentQueue<JsonNode>();
        await using var receiver = await TestUpstream.StartAsync(async context =>
        {
            got.Enqueue((await JsonNode.ParseAsync(context.Request.Body))!);
            context.Response.StatusCode = StatusCodes.Status202Accepted;
        });
        await _node.ApplyAsync(Budget(tokens: 50, soft: 0.4) + $$"""

            ---
            apiVersion: tidegate/v1
            kind: NotificationTarget
            metadata: { name: hook }
            spec: { channel: { type: webhook, url: "{{receiver.Address}}" }, severities: [ticket], group: { interval: 0s } }
            """);

        await AskAsync();
        Assert.Contains("spend", await RefusedAsync(), StringComparison.Ordinal);
        await RefusedAsync();

        Assert.Equal(["budgets.exhausted", "budgets.soft_limit_reached"], (await WaitAsync(2)).Select(e => (string)e["type"]!).Order());
        while (Alerts().Count < 2) await Task.Delay(20, Cancel);
        Assert.Equal(["Budget spend has reached 40 % of its limit", "Budget spend refuses calls"], Alerts().Select(a => (string)a["title"]!).Order());

        // In a message each, or in one where both were there before the first was sent.
        List<JsonNode> Alerts() => [.. got.SelectMany(g => g["data"]!["alerts"]!.AsArray()).Select(a => a!)];
    }

    private static string Budget(int tokens, double soft) => FormattableString.Invariant($$"""
        apiVersion: tidegate/v1
        kind: Budget
        metadata: { name: spend }
        spec: { window: month, tokens: {{tokens}}, softLimit: {{soft}} }
        """);

    private async Task AskAsync() => Assert.NotNull((await _node.CallAsync("/v1/chat/completions", Ask))["choices"]);

    private async Task<string> RefusedAsync() => (string)(await _node.CallAsync("/v1/chat/completions", Ask.Replace("10", "40", StringComparison.Ordinal)))["error"]!["message"]!;

    private async Task<IReadOnlyList<JsonNode>> WaitAsync(int count)
    {
        IReadOnlyList<JsonNode> events;
        while ((events = await EventsAsync()).Count < count) await Task.Delay(20, Cancel);
        return events;
    }

    private async Task<IReadOnlyList<JsonNode>> EventsAsync() => [.. JsonNode.Parse((await _node.RunAsync("events", "--type", "budgets.*", "-o", "json")).Terminal.Output)!.AsArray().Select(e => e!)];
}
