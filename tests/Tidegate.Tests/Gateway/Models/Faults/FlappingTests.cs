using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>A provider goes down and comes back: semantics 1.4 for models. The clock is the test's.</summary>
public sealed class FlappingTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Flapping60s_CallersSeeNothing_TheOutageCostsFewAttempts_TrafficIsBackWithin30s()
    {
        const string flapping = "echo?flap=60s";
        if (_time.GetUtcNow().UtcTicks / TimeSpan.FromSeconds(60).Ticks % 2 == 1) _time.Advance(TimeSpan.FromSeconds(60));
        var begin = _time.GetUtcNow();
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Config.Document(
            new Resource<ProviderConfig> { ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = "fake" }, Spec = new ProviderConfig { Vendor = "fake" } },
            Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "fake", Model = flapping }, new TargetConfig { Provider = "fake", Model = "echo" }] }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));

        for (var i = 0; i < 360; i++)
        {
            Assert.Equal(200, (await gateway.AskAsync(i % 2 == 0 ? Ask : AskStream)).Status);
            _time.Advance(TimeSpan.FromMilliseconds(500));
        }

        var attempts = (await gateway.Calls.WaitForAsync(360)).SelectMany(r => Enumerable.Range(0, r.AttemptCount).Select(n => (At: (r.StartedAt - begin).TotalSeconds, r.Attempt(n).Destination, r.Attempt(n).Outcome))).ToList();
        int Count(string model, double from, double to) => attempts.Count(a => a.Destination == $"fake/{model}" && a.At >= from && a.At < to);
        Assert.Equal((120, 0), (Count(flapping, 0, 60), Count("echo", 0, 60)));
        Assert.InRange(Count(flapping, 60, 120), 10, 16); // until the breaker opens, then a probe now and then
        Assert.Equal(120, Count("echo", 60, 120));
        Assert.InRange(Count(flapping, 70, 120), 1, 5);
        Assert.Contains(attempts, a => a.Destination == $"fake/{flapping}" && a.At is >= 120 and < 150 && a.Outcome == CallOutcome.Ok);
        Assert.Equal((60, 0), (Count(flapping, 150, 180), Count("echo", 150, 180)));
    }

    [Fact]
    public async Task Semantics1_4_HalfOpen_OneProbeAtATime_ThenItsShareGrows()
    {
        await using var first = await ChatUpstream.StartAsync([.. Enumerable.Repeat(Fails(500), 10), Streams(Role, Gate, Content("back"), Stop, Done), Says("back")]);
        await using var second = await ChatUpstream.StartAsync(Says("second"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(m => m with { SlowStart = TimeSpan.FromSeconds(10) }, first, second));
        for (var i = 0; i < 12; i++) Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);
        Assert.Equal((10, 12), (first.Calls, second.Calls)); // it opened at the tenth
        _time.Advance(TimeSpan.FromSeconds(7));

        var probe = gateway.AskAsync(AskStream);
        while (first.Calls < 11) await Task.Delay(5, Cancel);
        for (var i = 0; i < 5; i++) Assert.Contains("second", (await gateway.AskAsync(AskStream)).Body, StringComparison.Ordinal);
        Assert.Equal(11, first.Calls);
        first.Seen.SetResult();
        Assert.Contains("back", (await probe).Body, StringComparison.Ordinal);
        await gateway.Calls.WaitForAsync(18);

        Assert.InRange(await ShareAsync(gateway, first), 1, 12); // a tenth of 40, by seeded chance
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.InRange(await ShareAsync(gateway, first), 12, 28); // half
        _time.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(40, await ShareAsync(gateway, first));
    }

    private static async Task<int> ShareAsync(TestGateway gateway, ChatUpstream upstream)
    {
        var before = upstream.Calls;
        for (var i = 0; i < 40; i++) Assert.Equal(200, (await gateway.AskAsync(AskStream)).Status);
        return upstream.Calls - before;
    }
}
