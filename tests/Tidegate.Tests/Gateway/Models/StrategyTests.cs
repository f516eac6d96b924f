using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Which target a call tries first, by weight, latency and load. Chance is seeded, the clock is the test's.</summary>
public sealed class StrategyTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Weighted_SharesFollowTheWeights_AndWithoutWeightNobodyIsAskedWhileOthersAreWell()
    {
        await using var one = await ChatUpstream.StartAsync(Says("one"));
        await using var three = await ChatUpstream.StartAsync(Says("three"));
        await using var none = await ChatUpstream.StartAsync(Says("none"));
        await using var gateway = await StartAsync(TargetStrategy.Weighted, [1, 3, 0], one, three, none);

        for (var i = 0; i < 400; i++) Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal((400, 0), (one.Calls + three.Calls, none.Calls));
        Assert.InRange(three.Calls, 265, 335); // 300, and four times the standard deviation of 8.7 each way
    }

    [Fact]
    public async Task Weighted_TheOthersFollowByTheirOwnWeights()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(429));
        await using var second = await ChatUpstream.StartAsync(Fails(429));
        await using var third = await ChatUpstream.StartAsync(Fails(429));
        await using var gateway = await StartAsync(TargetStrategy.Weighted, [1, 2, 7], first, second, third);

        for (var i = 0; i < 300; i++) Assert.Equal(429, (await gateway.AskAsync(Ask)).Status);

        var orders = (await gateway.Calls.WaitForAsync(300)).Select(r => string.Concat(Enumerable.Range(0, 3).Select(i => r.Attempt(i).Destination[1]))).ToList();
        Assert.All(orders, order => Assert.Equal("123", string.Concat(order.Order())));
        var thirdFirst = orders.Where(o => o[0] == '3').ToList();
        Assert.InRange(thirdFirst.Count, 178, 242); // 210, and four times the standard deviation of 7.9 each way
        Assert.InRange(thirdFirst.Count(o => o[1] == '2') / (double)thirdFirst.Count, 0.54, 0.80); // two thirds of them, by 2 : 1
    }

    [Fact]
    public async Task Latency_WhoWasNeverAskedIsAsked_ThenTheFastest_UntilItIsSlow()
    {
        var slow = TimeSpan.FromMilliseconds(40);
        Func<HttpContext, Task> Takes(Func<TimeSpan> time) => context =>
        {
            _time.Advance(time());
            return Says("x")(context);
        };
        await using var first = await ChatUpstream.StartAsync(Takes(() => TimeSpan.FromMilliseconds(100)));
        await using var second = await ChatUpstream.StartAsync(Takes(() => slow));
        await using var gateway = await StartAsync(TargetStrategy.Latency, [1, 1], first, second);

        for (var i = 0; i < 5; i++) await gateway.AskAsync(Ask);
        Assert.Equal(["p1", "p2", "p2", "p2", "p2"], await DestinationsAsync(gateway, 5));

        slow = TimeSpan.FromSeconds(1);
        for (var i = 0; i < 3; i++) await gateway.AskAsync(Ask);
        Assert.Equal(["p2", "p1", "p1"], (await DestinationsAsync(gateway, 8))[5..]);
    }

    [Fact]
    public async Task Load_FewestInFlightForTheWeight_IsAsked()
    {
        await using var heavy = await ChatUpstream.StartAsync(Streams(Role, Content("x"), Gate, Stop, Done));
        await using var light = await ChatUpstream.StartAsync(Streams(Role, Content("x"), Gate, Stop, Done));
        await using var gateway = await StartAsync(TargetStrategy.Load, [2, 1], heavy, light);
        var open = new List<HttpResponseMessage>();

        // With 2 : 1 of weight they stand at 1/2 : 1, then 2/2 : 1 (as written), then 3/2 : 1, then 3/2 : 2, and so on.
        foreach (var (ofHeavy, ofLight) in ((int, int)[])[(1, 0), (2, 0), (2, 1), (3, 1), (4, 1), (4, 2)])
        {
            open.Add(await gateway.PostAsync(AskStream));
            Assert.Equal((ofHeavy, ofLight), (heavy.Calls, light.Calls));
        }

        heavy.Seen.SetResult(); // the heavy one's are over
        for (var i = 0; i < 4; i++) await gateway.Calls.NextAsync();
        open.Add(await gateway.PostAsync(AskStream));
        Assert.Equal((5, 2), (heavy.Calls, light.Calls));
        light.Seen.SetResult();
        foreach (var answer in open) answer.Dispose();
    }

    private static async Task<string[]> DestinationsAsync(TestGateway gateway, int calls) => [.. (await gateway.Calls.WaitForAsync(calls)).Select(r => r.Destination[..2])];

    private Task<TestGateway> StartAsync(TargetStrategy strategy, int[] weights, params ChatUpstream[] upstreams) => TestGateway.StartAsync(
        new TestGateway.Setup { Time = _time },
        Document(
            m => m with { Strategy = strategy, Retry = m.Retry with { BudgetRatio = 1, BudgetMinimumPerSecond = 100 }, Targets = [.. m.Targets.Select((t, i) => t with { Weight = weights[i] })] },
            upstreams));
}
