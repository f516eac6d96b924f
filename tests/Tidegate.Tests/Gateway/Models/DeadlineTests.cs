using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>One deadline and one budget of attempts per call: semantics 1.1 on model routes. The clock is the test's.</summary>
public sealed class DeadlineTests
{
    private static readonly ModelTimeoutsConfig Timeouts = new()
    {
        FirstToken = TimeSpan.FromSeconds(4), Answer = TimeSpan.FromSeconds(4), Idle = TimeSpan.FromSeconds(4), Total = TimeSpan.FromSeconds(20),
    };

    private readonly WatchedClock _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Ask, "7")]
    [InlineData(AskStream, "7")]
    [InlineData(AskStream, "7000ms")]
    public async Task Semantics1_1_CallersDeadline_IsSharedByRetriesAndFallbacks(string request, string wish)
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Silence));
        await using var second = await ChatUpstream.StartAsync(Streams(Silence));
        await using var third = await ChatUpstream.StartAsync(Says("too late"));
        await using var gateway = await StartAsync(
            m => m with { Targets = m.Targets, Fallbacks = new FallbacksConfig { Errors = ["other"] } },
            [first, second], new ModelConfig { Targets = [new TargetConfig { Provider = "p3", Model = "m" }] }, third);

        var answering = AskAsync(gateway, request, wish);
        await ReachedAsync(first);
        _time.Advance(TimeSpan.FromSeconds(4.1)); // the first token of the first is due
        await ReachedAsync(second);
        _time.Advance(TimeSpan.FromSeconds(3)); // that of the second is not, but the caller's deadline has passed

        var (status, body) = await answering;
        Assert.Equal(504, status);
        var record = await gateway.Calls.NextAsync();
        Assert.Contains($"(policy deadline, call {record.Id:N})", JsonNode.Parse(body)!["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal((CallOutcome.Timeout, 2), (record.Outcome, record.AttemptCount));
        Assert.Equal((CallOutcome.Timeout, "the deadline passed"), (record.Attempt(1).Outcome, record.Attempt(1).Error));
        Assert.Equal(7_100_000, record.DurationUs, 1000.0);
        Assert.Equal(0, third.Calls);
    }

    [Fact]
    public async Task Semantics1_1_AliassDeadline_CapsEveryAttempt_WhateverTheCallerWishes()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Silence));
        await using var gateway = await StartAsync(m => m with { Timeouts = Timeouts with { Total = TimeSpan.FromSeconds(2) } }, [upstream]);

        var answering = AskAsync(gateway, AskStream, "3600");
        await ReachedAsync(upstream);
        _time.Advance(TimeSpan.FromSeconds(2.1));

        Assert.Equal(504, (await answering).Status);
        Assert.Equal(("the deadline passed", 1), (await gateway.Calls.NextAsync() is var r ? r.Attempt(0).Error : "", r.AttemptCount));
    }

    [Fact]
    public async Task Semantics1_1_CallersDeadline_InTheMiddleOfAStream_EndsItInAnError()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Silence));
        await using var other = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(m => m with { Rescue = RescueMode.Splice }, [upstream, other]); // no time is left to rescue it

        using var answer = await gateway.PostAsync(AskStream, headers: ("X-Request-Timeout", "3s"));
        _time.Advance(TimeSpan.FromSeconds(3.1));
        var body = await answer.Content.ReadAsStringAsync(Cancel);

        Assert.Contains("so far", body, StringComparison.Ordinal);
        Assert.Contains("\"error\":{", body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        Assert.Equal((CallOutcome.Truncated, 1, 0), (await gateway.Calls.NextAsync() is var r ? r.Outcome : default, r.AttemptCount, other.Calls));
    }

    [Fact]
    public async Task Semantics1_1_CallersDeadline_WhileWaitingForAPlace_Is504()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Gate, Content("one"), Stop, Done), Says("two"));
        await using var gateway = await StartAsync(m => m with { Timeouts = new ModelTimeoutsConfig(), Queue = new ModelQueueConfig(), Targets = [m.Targets[0] with { MaxConcurrent = 1 }] }, [upstream]);

        var one = gateway.AskAsync(AskStream);
        await ReachedAsync(upstream);
        var two = AskAsync(gateway, AskStream, "1s");
        while (gateway.Get<Tidegate.Gateway.Snapshot.SnapshotHolder>().Current!.Models.All[0].State.Waiting.Count == 0) await Task.Delay(5, Cancel);
        await _time.IsWaitedForAsync(TimeSpan.FromSeconds(1)); // it stands in the line before it sets its timer
        _time.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Equal(504, (await two).Status);
        Assert.Equal((CallOutcome.Timeout, 0), (await gateway.Calls.NextAsync() is var r ? r.Outcome : default, r.AttemptCount));
        upstream.Seen.SetResult();
        Assert.Equal(200, (await one).Status);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("NaN")]
    [InlineData("1e3")]
    [InlineData("99999999999999999999")]
    [InlineData("5 s")]
    [InlineData("5, 6")]
    public async Task Semantics1_1_CallersDeadline_Illegible_IsIgnored(string wish)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(m => m, [upstream]);

        Assert.Equal(200, (await AskAsync(gateway, AskStream, wish)).Status);
    }

    [Fact]
    public async Task Semantics1_1_CallersTinyDeadlines_OpenNoBreaker_ButOursDo()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Silence));
        await using var gateway = await StartAsync(m => m, [upstream], breaker: new BreakerConfig { MinimumCalls = 3, Window = TimeSpan.FromMinutes(5) });
        async Task Try(string? wish, double seconds)
        {
            var before = upstream.Calls;
            var answering = AskAsync(gateway, AskStream, wish);
            while (upstream.Calls == before) await Task.Delay(5, Cancel);
            _time.Advance(TimeSpan.FromSeconds(seconds));
            Assert.Equal(504, (await answering).Status);
        }

        for (var i = 0; i < 5; i++) await Try("1s", 1.1);
        Assert.Equal("closed", gateway.Status.Destinations.Single().Breaker);
        for (var i = 0; i < 3; i++) await Try(null, 4.1);
        Assert.Equal("open", gateway.Status.Destinations.Single().Breaker);
    }

    [Fact]
    public async Task Semantics1_1_AttemptBudget_IsSharedByRetriesAndFallbacks_EachFallbackKeepsOne()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(500));
        await using var second = await ChatUpstream.StartAsync(Fails(500));
        await using var gateway = await StartAsync(
            m => m with { MaxAttempts = 4, Fallbacks = new FallbacksConfig { Errors = ["other", "last"] } },
            [first], new ModelConfig { Targets = [new TargetConfig { Provider = "p2", Model = "m" }] }, second);

        Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((4, 2, 2), (record.AttemptCount, first.Calls, second.Calls));
        Assert.Equal([AttemptKind.First, AttemptKind.Retry, AttemptKind.Fallback, AttemptKind.Fallback], Enumerable.Range(0, 4).Select(i => record.Attempt(i).Kind));
    }

    [Fact]
    public async Task Semantics1_1_AttemptBudget_OfOne_IsFollowedByTheFallbackAlone()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(500));
        await using var second = await ChatUpstream.StartAsync(Fails(500));
        await using var gateway = await StartAsync(
            m => m with { MaxAttempts = 1, Fallbacks = new FallbacksConfig { Errors = ["other"] } },
            [first], new ModelConfig { Targets = [new TargetConfig { Provider = "p2", Model = "m" }] }, second);

        Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal((1, 1), (first.Calls, second.Calls));
    }

    private static async Task<(int Status, string Body)> AskAsync(TestGateway gateway, string request, string? wish)
    {
        using var answer = wish is null ? await gateway.PostAsync(request) : await gateway.PostAsync(request, headers: ("X-Request-Timeout", wish));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(Cancel));
    }

    private static async Task ReachedAsync(ChatUpstream upstream)
    {
        while (upstream.Calls == 0) await Task.Delay(5, Cancel);
    }

    // Alias "fast" over p1, p2, ...; "other" and "last" over the upstream behind them.
    private Task<TestGateway> StartAsync(Func<ModelConfig, ModelConfig> change, ChatUpstream[] upstreams, ModelConfig? other = null, ChatUpstream? last = null, BreakerConfig? breaker = null)
    {
        var resources = new List<Resource>(upstreams.Select((u, i) => Provider($"p{i + 1}", u.Address)).Select(p => p with { Spec = p.Spec with { Breaker = breaker } }));
        if (last is not null) resources.Add(Provider($"p{upstreams.Length + 1}", last.Address));
        var model = new ModelConfig { Targets = [.. upstreams.Select((_, i) => new TargetConfig { Provider = $"p{i + 1}", Model = $"m-p{i + 1}" })], Timeouts = Timeouts, Retry = new ModelRetryConfig { BackoffBase = TimeSpan.Zero } };
        resources.Add(Model("fast", change(model)));
        if (other is not null) resources.AddRange([Model("other", other), Model("last", other)]);
        resources.Add(Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone }));
        return TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Config.Document([.. resources]));
    }
}
