using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Guarding;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Caching;

/// <summary>Answers that are given again.</summary>
public sealed class AnswerCacheTests
{
    private const string Cold = """{"model":"fast","temperature":0,"messages":[{"role":"user","content":"hi"}]}""";
    private const string ColdStream = """{"model":"fast","temperature":0,"stream":true,"messages":[{"role":"user","content":"hi"}]}""";

    [Theory]
    [InlineData(Cold, "/v1/chat/completions")]
    [InlineData(ColdStream, "/v1/chat/completions")]
    [InlineData("""{"model":"fast","temperature":0,"max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", "/v1/messages")]
    [InlineData("""{"model":"fast","temperature":0,"max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}]}""", "/v1/messages")]
    [InlineData("""{"generationConfig":{"seed":7},"contents":[{"parts":[{"text":"hi"}]}]}""", "/v1beta/models/fast:streamGenerateContent")]
    [InlineData("""{"model":"fast","options":{"temperature":0.0},"messages":[{"role":"user","content":"hi"}]}""", "/api/chat")]
    public async Task Hit_IsTheFirstAnswerToTheByte_AndCostsNothing(string request, string path)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("once"), Says("twice"));
        await using var gateway = await StartAsync(new AnswerCacheConfig(), upstream);

        var first = await SendAsync(gateway, request, path);
        var second = await SendAsync(gateway, request, path);

        Assert.Equal(("miss", "hit"), (first.Cache, second.Cache));
        Assert.Equal((200, first.Body, first.MediaType), (second.Status, second.Body, second.MediaType));
        Assert.Contains("once", second.Body, StringComparison.Ordinal);
        Assert.Equal(1, upstream.Calls);
        var record = second.Record;
        Assert.Equal((CallOutcome.Ok, "cache hit", 0, "p1/m-p1"), (record.Outcome, record.Why, record.AttemptCount, record.Destination));
        Assert.Equal((0L, 0L, 0L, 0m), (record.Use!.InputTokens, record.Use.CachedInputTokens, record.Use.OutputTokens, record.Use.Cost));
    }

    [Fact]
    public async Task Key_OrderOfFieldsAndSpaces_DoNotMatter_AnythingElseDoes()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(new AnswerCacheConfig(), upstream);
        await SendAsync(gateway, Cold);

        Assert.Equal("hit", (await SendAsync(gateway, """{ "messages":[{"content":"hi", "role":"user"}], "temperature":0, "model":"fast" }""")).Cache);
        Assert.Equal("miss", (await SendAsync(gateway, Cold.Replace("hi", "ho", StringComparison.Ordinal))).Cache);
        Assert.Equal("miss", (await SendAsync(gateway, Cold.Replace("{\"model", "{\"x\":null,\"model", StringComparison.Ordinal))).Cache);
        Assert.Equal("miss", (await SendAsync(gateway, ColdStream)).Cache);
        Assert.Equal("miss", (await SendAsync(gateway, Cold.Replace("\"temp", "\"max_tokens\":9,\"temp", StringComparison.Ordinal), "/v1/messages")).Cache);
    }

    [Theory]
    [InlineData(Ask, false, null)]
    [InlineData(Ask, true, "miss")]
    [InlineData("""{"model":"fast","temperature":0.1,"messages":[]}""", false, null)]
    [InlineData("""{"model":"fast","seed":7,"messages":[]}""", false, "miss")]
    [InlineData("""{"model":"fast","temperature":0,"previous_response_id":"r1","messages":[]}""", false, null)]
    public async Task Chance_IsKeptWhereTheModelSaysSo(string request, bool all, string? expected)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(new AnswerCacheConfig { All = all }, upstream);

        Assert.Equal(expected, (await SendAsync(gateway, request)).Cache);
        Assert.Equal(expected is null ? null : "hit", (await SendAsync(gateway, request)).Cache);
    }

    [Fact]
    public async Task ErrorsAndBrokenStreams_AreNotKept()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(400), Streams(Role, Content("half"), Cut), Streams(Role, Content("bad"), "data: {{{\n\n", Stop, Done), Says("x"));
        await using var gateway = await StartAsync(new AnswerCacheConfig(), m => m with { MaxAttempts = 1 }, upstream);

        Assert.Equal(400, (await SendAsync(gateway, ColdStream)).Status);
        await SendAsync(gateway, ColdStream);
        await SendAsync(gateway, ColdStream);
        Assert.Equal(("miss", Role + Content("x") + Stop + Done), (await SendAsync(gateway, ColdStream)) is var last ? (last.Cache, last.Body) : default);
        Assert.Equal("hit", (await SendAsync(gateway, ColdStream)).Cache);
    }

    [Fact]
    public async Task Ttl_AfterIt_AProviderIsAskedAgain()
    {
        var time = new FakeTimeProvider(DateTimeOffset.UnixEpoch.AddYears(56));
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Document(m => m with { Cache = new AnswerCacheConfig { Ttl = TimeSpan.FromMinutes(1) } }, upstream));

        Assert.Equal("miss", (await SendAsync(gateway, Cold)).Cache);
        time.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("hit", (await SendAsync(gateway, Cold)).Cache);
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("miss", (await SendAsync(gateway, Cold)).Cache);
    }

    [Fact]
    public async Task MaxBytes_WhatWasNotAskedForTheLongest_GoesFirst()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says(new string('x', 7000)));
        await using var gateway = await StartAsync(new AnswerCacheConfig { MaxBytes = 65536 }, upstream); // room for eight
        static string Of(int n) => Cold.Replace("hi", $"{n}", StringComparison.Ordinal);

        for (var n = 0; n < 8; n++) await SendAsync(gateway, Of(n));
        Assert.Equal("hit", (await SendAsync(gateway, Of(0))).Cache);
        await SendAsync(gateway, Of(8));

        Assert.Equal("hit", (await SendAsync(gateway, Of(0))).Cache);
        Assert.Equal("miss", (await SendAsync(gateway, Of(1))).Cache);
    }

    [Theory]
    [InlineData(Cold)]
    [InlineData(ColdStream)]
    public async Task MaxBytes_AnAnswerAboveAnEighth_IsNotKept(string request)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says(new string('x', 8500)));
        await using var gateway = await StartAsync(new AnswerCacheConfig { MaxBytes = 65536 }, upstream);

        var first = await SendAsync(gateway, request);
        var second = await SendAsync(gateway, request);

        Assert.Equal(("miss", 2, first.Body), (second.Cache, upstream.Calls, second.Body));
    }

    [Theory]
    [InlineData(AnswerCacheScope.Consumer, "miss")]
    [InlineData(AnswerCacheScope.Everyone, "hit")]
    public async Task Scope_WhoGetsIt(AnswerCacheScope scope, string other)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await TestGateway.StartAsync(
            Config.Document(
                Provider("p1", upstream.Address), Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }], Cache = new AnswerCacheConfig { Scope = scope } }),
                Config.Consumer("a"), Config.Consumer("b"), Config.Route("models", new RouteConfig { Models = new ModelsConfig() })),
            Config.Key("k1", "a", "key-a"), Config.Key("k2", "b", "key-b"));

        await SendAsync(gateway, Cold, key: "key-a");

        Assert.Equal(other, (await SendAsync(gateway, Cold, key: "key-b")).Cache);
        Assert.Equal("hit", (await SendAsync(gateway, Cold, key: "key-a")).Cache);
    }

    [Fact]
    public async Task Change_OfTheModelOrAGuardrail_EmptiesIt_OthersDoNot()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        var email = new GuardrailConfig { Detect = [new DetectConfig { Type = DetectType.Email }] };
        var model = new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }], Guardrails = ["pii"], Cache = new AnswerCacheConfig() };
        ConfigDocument Of(ModelConfig m, GuardrailConfig g, string other) => Config.Document(
            [Provider("p1", upstream.Address), GuardSetup.Guardrail("pii", g), Model("fast", m), Model(other, model), Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })]);
        await using var gateway = await TestGateway.StartAsync(Of(model, email, "other"));
        await SendAsync(gateway, Cold);

        gateway.Apply(Of(model, email, "another"));
        Assert.Equal("hit", (await SendAsync(gateway, Cold)).Cache);
        gateway.Apply(Of(model with { MaxAttempts = 2 }, email, "another"));
        Assert.Equal("miss", (await SendAsync(gateway, Cold)).Cache);
        gateway.Apply(Of(model with { MaxAttempts = 2 }, email with { MaxHold = 100 }, "another"));
        Assert.Equal("miss", (await SendAsync(gateway, Cold)).Cache);
    }

    [Fact]
    public async Task Guardrails_TheKeyIsWhatTheCallerWrote()
    {
        // Both requests look the same to the provider; what comes back for one is not for the other.
        await using var upstream = await ChatUpstream.StartAsync(Says("to [email_1]"));
        await using var gateway = await TestGateway.StartAsync(GuardSetup.Document(
            new GuardrailConfig { Detect = [GuardSetup.Email(GuardAction.Tokenise)] }, m => m with { Cache = new AnswerCacheConfig { All = true } }, Provider("p1", upstream.Address)));

        foreach (var who in (string[])["bob", "amy", "bob"]) Assert.Contains($"to {who}@x.org", (await SendAsync(gateway, GuardSetup.Chat($"mail {who}@x.org"))).Body, StringComparison.Ordinal);
        Assert.Equal(2, upstream.Calls);
    }

    [Fact]
    public async Task CacheControl_OfTheCaller_IsHeard()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("1"), Says("2"), Says("3"));
        await using var gateway = await StartAsync(new AnswerCacheConfig(), upstream);

        Assert.Null((await SendAsync(gateway, Cold, wish: "no-store")).Cache);
        Assert.Equal("miss", (await SendAsync(gateway, Cold)).Cache);
        Assert.Equal("miss", (await SendAsync(gateway, Cold, wish: "no-cache")).Cache);
        Assert.Contains("\"3\"", (await SendAsync(gateway, Cold)).Body, StringComparison.Ordinal);
    }

    private static Task<TestGateway> StartAsync(AnswerCacheConfig cache, params ChatUpstream[] upstreams) => StartAsync(cache, m => m, upstreams);

    private static Task<TestGateway> StartAsync(AnswerCacheConfig cache, Func<ModelConfig, ModelConfig> change, params ChatUpstream[] upstreams) => ModelSetup.StartAsync(m => change(m) with { Cache = cache }, upstreams);

    // The next call begins when the record is written: the answer is kept by then.
    private static async Task<Answered> SendAsync(TestGateway gateway, string body, string path = "/v1/chat/completions", string? key = null, string? wish = null)
    {
        using var answer = await gateway.SendAsync(HttpMethod.Post, path, h =>
        {
            if (key is not null) h.TryAddWithoutValidation("Authorization", $"Bearer {key}");
            if (wish is not null) h.TryAddWithoutValidation("Cache-Control", wish);
        }, new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var cache = answer.Headers.TryGetValues("X-Tidegate-Cache", out var values) ? values.Single() : null;
        return new Answered((int)answer.StatusCode, text, cache, answer.Content.Headers.ContentType?.ToString(), await gateway.Calls.NextAsync());
    }

    private sealed record Answered(int Status, string Body, string? Cache, string? MediaType, CallRecord Record);
}
