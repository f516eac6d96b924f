using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Calls that find all targets busy.</summary>
public sealed class QueueTests
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(2);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Busy_TheCallWaitsForAPlace()
    {
        await using var upstream = await ChatUpstream.StartAsync(Held("one"), Says("two"));
        await using var gateway = await StartAsync(upstream, new ModelQueueConfig { Timeout = Long });

        var one = gateway.AskAsync(AskStream);
        while (upstream.Calls < 1) await Task.Delay(5, Cancel);
        var two = gateway.AskAsync(AskStream);
        await WaitingAsync(gateway, 1);
        upstream.Seen.SetResult();

        Assert.Contains("one", (await one).Body, StringComparison.Ordinal);
        Assert.Contains("two", (await two).Body, StringComparison.Ordinal);
        Assert.Contains(await gateway.Calls.WaitForAsync(2), r => r.Why.Contains("for a place", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Busy_WithoutAQueue_Is503()
    {
        await using var upstream = await ChatUpstream.StartAsync(Held("one"), Says("two"));
        await using var gateway = await StartAsync(upstream, null);

        var one = gateway.AskAsync(AskStream);
        while (upstream.Calls < 1) await Task.Delay(5, Cancel);

        using var two = await gateway.PostAsync(AskStream);
        Assert.Equal((503, "1"), ((int)two.StatusCode, two.Headers.RetryAfter!.ToString()));
        Assert.Contains("as many calls as they take", await two.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("no target: p1/m: has the 1 calls it takes at once", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
        upstream.Seen.SetResult();
        Assert.Equal(200, (await one).Status);
    }

    [Fact]
    public async Task WaitedTooLong_Is503InTheCallersFormat()
    {
        await using var upstream = await ChatUpstream.StartAsync(Held("one"), Says("two"));
        await using var gateway = await StartAsync(upstream, new ModelQueueConfig { Timeout = TimeSpan.FromMilliseconds(100) });

        var one = gateway.AskAsync(AskStream);
        while (upstream.Calls < 1) await Task.Delay(5, Cancel);
        using var two = await gateway.PostAsync(AskStream);

        Assert.Equal(503, (int)two.StatusCode);
        Assert.Equal("1", two.Headers.RetryAfter!.ToString());
        Assert.Contains("\"error\"", await two.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Contains("queue_timeout", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
        upstream.Seen.SetResult();
        Assert.Equal(200, (await one).Status);
    }

    [Fact]
    public async Task Full_TheMoreImportantCallTakesThePlaceOfTheLeastImportant_AndIsServedFirst()
    {
        await using var upstream = await ChatUpstream.StartAsync(Held("one"), Says("next"));
        await using var gateway = await StartAsync(upstream, new ModelQueueConfig { Timeout = Long, Limit = 2 });

        var one = gateway.AskAsync(AskStream);
        while (upstream.Calls < 1) await Task.Delay(5, Cancel);
        var low = gateway.AskAsync(AskStream, "/low/v1/chat/completions");
        await WaitingAsync(gateway, 1);
        var lowest = gateway.AskAsync(AskStream, "/low/v1/chat/completions");
        await WaitingAsync(gateway, 2);
        var high = gateway.AskAsync(AskStream, "/high/v1/chat/completions");
        Assert.Equal(503, (await lowest).Status); // it came last
        Assert.Equal(503, (await gateway.AskAsync(AskStream, "/low/v1/chat/completions")).Status); // nobody is less important
        upstream.Seen.SetResult();

        await Task.WhenAll(one, low, high);
        var waited = (await gateway.Calls.WaitForAsync(5)).Where(r => r.Outcome == CallOutcome.Ok).OrderBy(r => r.StartedAt.AddMicroseconds(r.Attempt(0).StartUs)).Select(r => r.Route).ToList();
        Assert.Equal(["models", "high", "low"], waited);
    }

    [Fact]
    public async Task Down_IsNotWaitedFor()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(503, null, ("Retry-After", "30")));
        await using var gateway = await StartAsync(upstream, new ModelQueueConfig { Timeout = Long });

        Assert.Equal(503, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal(503, (await gateway.AskAsync(Ask)).Status); // at once, without asking
        Assert.Equal(1, upstream.Calls);
    }

    private static Func<Microsoft.AspNetCore.Http.HttpContext, Task> Held(string text) => Streams(Role, Gate, Content(text), Stop, Done);

    private static async Task WaitingAsync(TestGateway gateway, int count)
    {
        var holder = gateway.Get<Tidegate.Gateway.Snapshot.SnapshotHolder>();
        while (holder.Current!.Models.All[0].State.Waiting.Count < count) await Task.Delay(5, Cancel);
    }

    private static Task<TestGateway> StartAsync(ChatUpstream upstream, ModelQueueConfig? queue) => TestGateway.StartAsync(Config.Document(
        Provider("p1", upstream.Address),
        Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m", MaxConcurrent = 1 }], Queue = queue }),
        Route("models", "/v1", PriorityClass.Normal), Route("low", "/low", PriorityClass.Low), Route("high", "/high", PriorityClass.High)));

    private static Resource<RouteConfig> Route(string name, string prefix, PriorityClass priority) =>
        Config.Route(name, new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone, Priority = priority, Match = new MatchConfig { Path = $"{prefix}/{{**rest}}" } });
}
