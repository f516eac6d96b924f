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

namespace Tidegate.Tests.Gateway.Models;

/// <summary>How many attempts may follow failed ones: semantics 1.2 for models. The clock stands still, breakers are off: nothing but the budget limits anything.</summary>
public sealed class RetryBudgetTests
{
    private static readonly ModelRetryConfig Nothing = new() { BudgetRatio = 0, BudgetMinimumPerSecond = 0 };

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Semantics1_2_EverythingFails_AttemptsStayBelowTheShare()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(500));
        await using var second = await ChatUpstream.StartAsync(Fails(500));
        await using var gateway = await StartAsync(new ModelRetryConfig { BudgetMinimumPerSecond = 0 }, first, second);
        using var refused = new MetricTally(gateway.Get<System.Diagnostics.Metrics.Meter>(), CallMetricNames.RetriesRefused);

        for (var i = 0; i < 50; i++) Assert.Equal(500, (await gateway.AskAsync(Ask)).Status);

        var records = await gateway.Calls.WaitForAsync(50);
        Assert.Equal(60, first.Calls + second.Calls); // 50 calls and a fifth of them; up to 200 without the budget
        Assert.DoesNotContain(records, r => r.AttemptCount == 0);
        Assert.Contains("no retry: budget of fast", records[0].Why, StringComparison.Ordinal);
        Assert.Equal((50, "service=fast,reason=budget"), (refused.Total, Assert.Single(refused.ByTags).Key));
    }

    [Fact]
    public async Task Semantics1_2_FewCalls_TheMinimumIsAllowed_AndComesBackWithTime()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(500));
        await using var second = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(new ModelRetryConfig { BudgetRatio = 0, BudgetMinimumPerSecond = 1 }, first, second);

        for (var i = 0; i < 12; i++) Assert.Equal(i < 10 ? 200 : 500, (await gateway.AskAsync(Ask)).Status); // one a second, over ten seconds
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
    }

    [Fact]
    public async Task Semantics1_2_Fallback_IsPaidForByTheAliasItGoesTo()
    {
        await using var down = await ChatUpstream.StartAsync(Fails(500));
        await using var other = await ChatUpstream.StartAsync(Says("other"));
        await using var gateway = await WithFallbackAsync(Provider("p1", down.Address), other);

        Assert.Equal(500, (await gateway.AskAsync(Ask)).Status); // nobody calls the other one yet: a share of nothing
        for (var i = 0; i < 2; i++) Assert.Equal(200, (await gateway.AskAsync(Ask.Replace("fast", "other", StringComparison.Ordinal))).Status);
        for (var i = 0; i < 3; i++) Assert.Equal(i < 2 ? 200 : 500, (await gateway.AskAsync(Ask)).Status);

        var records = await gateway.Calls.WaitForAsync(6);
        Assert.Contains("no retry: budget of other", records[0].Why, StringComparison.Ordinal);
        Assert.Contains("fallback: model other", records[3].Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics1_2_Fallback_AsTheFirstAttemptOfACall_IsFree()
    {
        await using var down = await ChatUpstream.StartAsync(Fails(500));
        await using var other = await ChatUpstream.StartAsync(Says("other"));
        var expired = Provider("p1", down.Address, "k");
        expired = expired with { Spec = expired.Spec with { Keys = [expired.Spec.Keys[0] with { ExpiresAt = _time.GetUtcNow() }] } };
        await using var gateway = await WithFallbackAsync(expired, other);

        for (var i = 0; i < 20; i++) Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal(0, down.Calls);
    }

    [Fact]
    public async Task Semantics1_2_WhatFollowsFromTheRequestOrTheKey_IsNotCounted()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(400, "context_length_exceeded"), Fails(401));
        await using var larger = await ChatUpstream.StartAsync(Says("fits"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(
            m => m with { Retry = Nothing, Targets = [m.Targets[0] with { ContextWindow = 8000 }, m.Targets[1] with { ContextWindow = 128_000 }] },
            Provider("p1", first.Address, "key-one"), Provider("p2", larger.Address)));

        Assert.Contains("fits", (await gateway.AskAsync(Ask)).Body, StringComparison.Ordinal);
        Assert.Contains("fits", (await gateway.AskAsync(Ask)).Body, StringComparison.Ordinal);
        Assert.Equal((2, 2), (first.Calls, larger.Calls));
    }

    [Fact]
    public async Task Semantics1_2_RescueOfABrokenStream_IsAnAttemptToo()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Says("Hello world"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(m => m with { Retry = Nothing, Rescue = RescueMode.Splice }, first, second));

        var (status, body) = await gateway.AskAsync(AskStream, first);

        Assert.Equal((200, 0), (status, second.Calls));
        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        Assert.Contains("no retry: budget of fast", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
    }

    private static Resource<ProviderConfig> WithoutBreaker(Resource<ProviderConfig> provider) => provider with { Spec = provider.Spec with { Breaker = null } };

    private Task<TestGateway> StartAsync(ModelRetryConfig retry, params ChatUpstream[] upstreams) => TestGateway.StartAsync(
        new TestGateway.Setup { Time = _time }, Document(m => m with { Retry = retry }, [.. upstreams.Select((u, i) => WithoutBreaker(Provider($"p{i + 1}", u.Address)))]));

    private Task<TestGateway> WithFallbackAsync(Resource<ProviderConfig> first, ChatUpstream other) => TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Config.Document(
        WithoutBreaker(first), Provider("p2", other.Address),
        Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "a" }], Retry = Nothing, Fallbacks = new FallbacksConfig { Errors = ["other"] } }),
        Model("other", new ModelConfig { Targets = [new TargetConfig { Provider = "p2", Model = "b" }], Retry = new ModelRetryConfig { BudgetRatio = 1, BudgetMinimumPerSecond = 0 } }),
        Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));
}
