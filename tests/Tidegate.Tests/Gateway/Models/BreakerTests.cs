using System.Globalization;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Breakers of provider, model and key: semantics 1.4 on model routes. The clock is the test's.</summary>
public sealed class BreakerTests
{
    private static readonly BreakerConfig Quick = new() { MinimumCalls = 2, Cooldown = TimeSpan.FromSeconds(10), MaxCooldown = TimeSpan.FromSeconds(30) };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Semantics1_4_Breaker_IsOfProviderModelAndKey()
    {
        await using var upstream = await ChatUpstream.StartAsync(async context =>
        {
            var fails = ((string)context.Items["body"]!).Contains("\"bad\"", StringComparison.Ordinal) && context.Request.Headers.Authorization == "Bearer key-one";
            await (fails ? Fails(500) : Says("fine"))(context);
        });
        var document = Document(m => m with { MaxAttempts = 1, Targets = [new TargetConfig { Provider = "p1", Model = "bad" }] }, Breaking("p1", upstream, "key-one", "key-two"));
        await using var gateway = await StartAsync(Config.Document([.. document.Resources, Model("other", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "good" }] })]));

        for (var i = 0; i < 2; i++) Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status); // by the second key
        Assert.Equal(200, (await gateway.AskAsync(Ask.Replace("fast", "other", StringComparison.Ordinal))).Status); // by the first one, another model

        Assert.Equal(["key-one", "key-one", "key-two", "key-one"], upstream.Keys);
        Assert.Equal(
            [("p1", "p1/bad#key-one", "open"), ("p1", "p1/bad#key-two", "closed"), ("p1", "p1/good#key-one", "closed"), ("p1", "p1/good#key-two", "closed")],
            gateway.Status.Destinations.Select(d => (d.Service, d.Destination, d.Breaker)));
    }

    [Fact]
    public async Task Semantics1_4_Cooldown_GrowsWithJitterUpToItsMaximum_AndCallersAreToldTheRest()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500));
        await using var gateway = await StartAsync(Document(m => m with { MaxAttempts = 1 }, Breaking("p1", upstream)));

        for (var i = 0; i < 2; i++) Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);
        var seconds = new List<int>();
        for (var i = 0; i < 4; i++)
        {
            using var refused = await gateway.PostAsync(Ask);
            Assert.Equal(503, (int)refused.StatusCode);
            seconds.Add(int.Parse(refused.Headers.RetryAfter!.ToString(), CultureInfo.InvariantCulture));
            _time.Advance(TimeSpan.FromSeconds(seconds[^1] + 0.1));
            Assert.Equal(500, (await gateway.AskAsync(Ask)).Status); // the probe
        }

        int[] least = [10, 20, 30, 30]; // it doubles, up to 30 s
        for (var i = 0; i < 4; i++) Assert.InRange(seconds[i], least[i], least[i] * 12 / 10); // and a fifth of that at most is chance
        Assert.True(seconds[2] != seconds[3] || seconds[0] * 2 != seconds[1], string.Join(", ", seconds));
        Assert.Equal(6, upstream.Calls);
    }

    [Fact]
    public async Task Semantics1_4_HalfOpen_AProbeThatStreams_HasToldWithItsFirstToken()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Fails(500), Streams(Role, Content("long"), Gate, Stop, Done), Says("short"));
        await using var gateway = await StartAsync(Document(m => m with { MaxAttempts = 1, SlowStart = TimeSpan.Zero }, Breaking("p1", upstream)));
        for (var i = 0; i < 2; i++) Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);
        _time.Advance(TimeSpan.FromSeconds(13));

        using var probe = await gateway.PostAsync(AskStream);
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status); // while it is still under way
        upstream.Seen.SetResult();

        Assert.Contains("[DONE]", await probe.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        Assert.Equal("closed", gateway.Status.Destinations.Single().Breaker);
    }

    [Fact]
    public async Task Semantics1_4_HalfOpen_AProbeWhoseCallerLeaves_LetsTheNextOneProbe()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Fails(500), Streams(Silence), Says("back"));
        await using var gateway = await StartAsync(Document(m => m with { MaxAttempts = 1 }, Breaking("p1", upstream)));
        for (var i = 0; i < 2; i++) Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);
        _time.Advance(TimeSpan.FromSeconds(13));

        using (var leaves = new CancellationTokenSource())
        {
            var probe = gateway.Client.PostAsync("/v1/chat/completions", new StringContent(AskStream, System.Text.Encoding.UTF8, "application/json"), leaves.Token);
            while (upstream.Calls < 3) await Task.Delay(5, Cancel);
            Assert.Equal((503, "half_open"), ((await gateway.AskAsync(Ask)).Status, gateway.Status.Destinations.Single().Breaker));
            await leaves.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => probe);
        }

        Assert.Contains(await gateway.Calls.WaitForAsync(4), r => r.Outcome == CallOutcome.ClientCancelled);
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
    }

    [Fact]
    public async Task Semantics1_4_ManualOpen_HasAReasonAndAnExpiry()
    {
        await using var first = await ChatUpstream.StartAsync(Says("first"));
        await using var second = await ChatUpstream.StartAsync(Says("second"));
        await using var gateway = await StartAsync(Document(m => m, first, second));
        var control = gateway.Get<BreakerControl>();

        Assert.Single(control.Hold("p1", "p1/m-p1#none", open: true, TimeSpan.FromMinutes(5), "their maintenance"));
        Assert.Contains("second", (await gateway.AskAsync(Ask)).Body, StringComparison.Ordinal);
        Assert.Single(control.Hold("p2", "p2/m-p2#none", open: true, TimeSpan.FromMinutes(10), "ours"));
        using var refused = await gateway.PostAsync(Ask);

        Assert.Equal((503, "300"), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        var status = gateway.Status.Destinations[0];
        Assert.Equal(("open", "breaker held open: their maintenance (for 300 s)"), (status.Breaker, status.Reason));
        _time.Advance(TimeSpan.FromSeconds(300.1));
        Assert.Contains("first", (await gateway.AskAsync(Ask)).Body, StringComparison.Ordinal);
        Assert.Single(control.Release("p2", "p2/m-p2#none"));
        Assert.Null(gateway.Status.Destinations[1].Reason);
        Assert.Empty(control.Hold("p1", "p1/nobody#none", open: true, TimeSpan.FromMinutes(5), ""));
    }

    [Fact]
    public async Task Semantics1_4_ManualClose_LetsCallsPassAnOpenBreaker()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Fails(500), Says("back"));
        await using var gateway = await StartAsync(Document(m => m with { MaxAttempts = 1 }, Breaking("p1", upstream)));
        for (var i = 0; i < 2; i++) Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal(503, (await gateway.AskAsync(Ask)).Status);

        Assert.Single(gateway.Get<BreakerControl>().Hold("p1", "p1/m-p1#none", open: false, TimeSpan.FromMinutes(5), "it is well"));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal("closed", gateway.Status.Destinations.Single().Breaker);
    }

    private static Resource<ProviderConfig> Breaking(string name, ChatUpstream upstream, params string[] keys) =>
        Provider(name, upstream.Address, keys) switch { var p => p with { Spec = p.Spec with { Breaker = Quick } } };

    private Task<TestGateway> StartAsync(ConfigDocument document) => TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, document);
}
