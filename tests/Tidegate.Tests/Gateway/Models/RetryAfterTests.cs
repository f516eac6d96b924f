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

/// <summary>When providers want to be asked again: semantics 1.3, and 1.5 for what follows from it. The clock is the test's.</summary>
public sealed class RetryAfterTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Theory]
    [InlineData(429, "Retry-After", "20")]
    [InlineData(429, "Retry-After", "Sun, 01 Mar 2026 00:00:20 GMT")]
    [InlineData(429, "retry-after-ms", "19500")]
    [InlineData(503, "Retry-After", "20")]
    [InlineData(529, "Retry-After", "20")]
    public async Task Semantics1_3_RetryAfter_InAnyForm_IsAFloorForTheTargetNotOnlyForThisCall(int status, string header, string value)
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(status, null, (header, value)), Says("back"));
        await using var gateway = await StartAsync(m => m, upstream);

        using var first = await gateway.PostAsync(Ask);
        Assert.Equal((status, "20"), ((int)first.StatusCode, first.Headers.RetryAfter!.ToString()));
        using var second = await gateway.PostAsync(Ask);
        Assert.Equal((503, "20", 1), ((int)second.StatusCode, second.Headers.RetryAfter!.ToString(), upstream.Calls));
        Assert.Equal((CallOutcome.Unavailable, 0), ((await gateway.Calls.WaitForAsync(2))[1] is var r ? r.Outcome : default, r.AttemptCount));
        Assert.Contains("asked to be left alone", gateway.Status.Destinations.Single().Reason, StringComparison.Ordinal);
        _time.Advance(TimeSpan.FromSeconds(20.1));
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
    }

    [Theory]
    [InlineData("Retry-After", "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("Retry-After", "99999999999")]
    [InlineData("retry-after-ms", "99999999999999")]
    public async Task Semantics1_3_RetryAfter_FarAway_IsClamped(string header, string value)
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(429, null, (header, value)), Says("back"));
        await using var gateway = await StartAsync(m => m, upstream);

        using var first = await gateway.PostAsync(Ask);

        Assert.Equal("60", first.Headers.RetryAfter!.ToString());
        _time.Advance(TimeSpan.FromSeconds(60.1));
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
    }

    [Theory]
    [InlineData("Retry-After", "Sat, 28 Feb 2026 23:59:00 GMT")]
    [InlineData("Retry-After", "0")]
    [InlineData("Retry-After", "-7")]
    [InlineData("Retry-After", "later")]
    [InlineData("retry-after-ms", "NaN")]
    public async Task Semantics1_3_RetryAfter_InThePastOrIllegible_KeepsNobodyAway(string header, string value)
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(429, null, (header, value)), Says("back"));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, upstream);

        using var first = await gateway.PostAsync(Ask);

        Assert.Equal((429, null), ((int)first.StatusCode, first.Headers.RetryAfter));
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
    }

    [Fact]
    public async Task Semantics1_3_RetryAfter_IsAFloorForTheKey_NotForTheOthersOfItsPool()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(429, null, ("Retry-After", "20")), Says("by the second"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(m => m, Provider("p1", upstream.Address, "key-one", "key-two")));

        for (var i = 0; i < 3; i++) Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        _time.Advance(TimeSpan.FromSeconds(20.1));
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal(["key-one", "key-two", "key-two", "key-two", "key-one"], upstream.Keys);
    }

    [Fact]
    public async Task Semantics1_3_RetryAfter_HoldsForEveryAliasOfTheTarget()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(429, null, ("Retry-After", "20")), Says("no"));
        var document = Document(m => m, upstream);
        await using var gateway = await TestGateway.StartAsync(
            new TestGateway.Setup { Time = _time }, Config.Document([.. document.Resources, Model("second", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m-p1" }] })]));

        Assert.Equal(429, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal(503, (await gateway.AskAsync(Ask.Replace("fast", "second", StringComparison.Ordinal))).Status);
        Assert.Equal(1, upstream.Calls);
    }

    [Fact]
    public async Task Semantics1_3_RetryAfter_InTheBodyOfTheError_IsAFloorToo()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(429,
            """{"error":{"code":429,"message":"Resource has been exhausted","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"20s"}]}}"""));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(m => m, Provider("p1", upstream.Address) with
        {
            Spec = new ProviderConfig { Vendor = "gemini", Address = upstream.Address, Keys = [new ProviderKeyConfig { Name = "k", Secret = "secret" }] },
        }));

        using var first = await gateway.PostAsync(Ask);
        using var second = await gateway.PostAsync(Ask);

        Assert.Equal((429, "20"), ((int)first.StatusCode, first.Headers.RetryAfter!.ToString()));
        Assert.Equal((503, "20", 1), ((int)second.StatusCode, second.Headers.RetryAfter!.ToString(), upstream.Calls));
    }

    [Theory]
    [InlineData("40", "20", "20")]
    [InlineData("20", "40", "20")]
    public async Task Semantics1_5_AllTargetsOff_Is503WithTheSoonestReopening_AndNobodyIsAsked(string one, string other, string soonest)
    {
        await using var first = await ChatUpstream.StartAsync(Fails(503, null, ("Retry-After", one)));
        await using var second = await ChatUpstream.StartAsync(Fails(503, null, ("Retry-After", other)));
        await using var gateway = await StartAsync(m => m, first, second);

        using var last = await gateway.PostAsync(Ask);
        Assert.Equal((503, soonest), ((int)last.StatusCode, last.Headers.RetryAfter!.ToString()));
        _time.Advance(TimeSpan.FromSeconds(5));
        using var refused = await gateway.PostAsync(AskStream);

        Assert.Equal((503, "15"), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        var record = (await gateway.Calls.WaitForAsync(2))[1];
        Assert.Equal((CallOutcome.Unavailable, 0), (record.Outcome, record.AttemptCount));
        Assert.Contains($"(policy health, call {record.Id:N})", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal((1, 1), (first.Calls, second.Calls));
    }

    [Fact]
    public async Task Semantics1_5_AllTargetsOff_OfTheFallbackToo_TheSoonestOfAllCounts()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(503, null, ("Retry-After", "40")));
        await using var second = await ChatUpstream.StartAsync(Fails(503, null, ("Retry-After", "20")));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Config.Document(
            Provider("p1", first.Address), Provider("p2", second.Address),
            Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }], Fallbacks = new FallbacksConfig { Errors = ["other"] } }),
            Model("other", new ModelConfig { Targets = [new TargetConfig { Provider = "p2", Model = "m" }] }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));

        Assert.Equal(503, (await gateway.AskAsync(Ask)).Status);
        using var refused = await gateway.PostAsync(Ask);

        Assert.Equal((503, "20"), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        Assert.Equal((1, 1), (first.Calls, second.Calls));
    }

    [Fact]
    public async Task Semantics1_5_AllKeysOut_Is503UntilTheyAreTriedAgain_AndNoLoopOf502()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(401), Says("paid"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(m => m, Provider("p1", upstream.Address, "key-one")));

        Assert.Equal(502, (await gateway.AskAsync(Ask)).Status);
        _time.Advance(TimeSpan.FromSeconds(10));
        using var refused = await gateway.PostAsync(Ask);

        Assert.Equal((503, "50", 1), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString(), upstream.Calls));
        _time.Advance(TimeSpan.FromSeconds(50.1));
        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
    }

    [Theory]
    [InlineData("/v1/chat/completions", Ask, "\"type\":")]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""", "overloaded_error")]
    [InlineData("/v1beta/models/fast:generateContent", """{"contents":[{"role":"user","parts":[{"text":"hi"}]}]}""", "UNAVAILABLE")]
    [InlineData("/v1/responses", """{"model":"fast","input":"hi"}""", "\"message\":")]
    [InlineData("/api/chat", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""", "\"error\":")]
    public async Task Semantics1_5_AllTargetsOff_Is503InEveryDialect_Never400(string path, string request, string expected)
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(503, null, ("Retry-After", "30")));
        await using var gateway = await StartAsync(m => m, upstream);
        Assert.Equal(503, (await gateway.AskAsync(request, path)).Status);

        using var refused = await gateway.PostAsync(request, path);

        Assert.Equal((503, "30"), ((int)refused.StatusCode, refused.Headers.RetryAfter!.ToString()));
        Assert.Contains(expected, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private Task<TestGateway> StartAsync(Func<ModelConfig, ModelConfig> change, params ChatUpstream[] upstreams) =>
        TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(change, upstreams));
}
