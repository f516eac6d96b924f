using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Targets;

/// <summary>The cap of a target's calls in flight is never exceeded, by however many callers, keys, aliases and configurations.</summary>
public sealed class MaxConcurrentTests
{
    [Fact]
    public async Task ManyCallersAtOnce_OverTwoKeysAndTwoAliases_NeverMoreThanTheCap()
    {
        var (inside, highest) = (0, 0);
        await using var upstream = await ChatUpstream.StartAsync(async context =>
        {
            var now = Interlocked.Increment(ref inside);
            for (var seen = Volatile.Read(ref highest); now > seen; seen = Volatile.Read(ref highest)) Interlocked.CompareExchange(ref highest, now, seen);
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            await Says("so")(context);
        });
        await using var gateway = await TestGateway.StartAsync(Both(upstream));

        var statuses = await Task.WhenAll(Enumerable.Range(0, 64).Select(async caller =>
        {
            var seen = new List<int>();
            for (var i = 0; i < 10; i++) seen.Add((await gateway.AskAsync(Ask.Replace("fast", caller % 2 == 0 ? "fast" : "other", StringComparison.Ordinal))).Status);
            return seen;
        }));

        Assert.InRange(highest, 1, 2);
        Assert.Contains(statuses.SelectMany(s => s), s => s == 200);
        Assert.All(statuses.SelectMany(s => s), s => Assert.True(s is 200 or 503, $"{s}"));
        Assert.Equal(0, gateway.Get<Tidegate.Gateway.Snapshot.SnapshotHolder>().Current!.Models.All[0].Targets[0].Load.InFlight);
    }

    [Fact]
    public async Task AnotherConfiguration_CallsUnderWayStillCount()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Gate, Content("one"), Stop, Done), Says("two"));
        ConfigDocument document = Both(upstream, most: 1);
        await using var gateway = await TestGateway.StartAsync(document);

        var one = gateway.AskAsync(AskStream);
        while (upstream.Calls < 1) await Task.Delay(5, TestContext.Current.CancellationToken);
        gateway.Apply(Both(upstream, most: 1, attempts: 2));

        Assert.Equal(503, (await gateway.AskAsync(Ask)).Status);
        upstream.Seen.SetResult();
        Assert.Equal(200, (await one).Status);
        await gateway.Calls.WaitForAsync(2);
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
    }

    private static ConfigDocument Both(ChatUpstream upstream, int most = 2, int attempts = 1)
    {
        var model = new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m", MaxConcurrent = most }], MaxAttempts = attempts };
        return Config.Document(
            Provider("p1", upstream.Address, "key-one", "key-two"), Model("fast", model), Model("other", model),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone }));
    }
}
