using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Guarding;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Bodies;

/// <summary>Which bodies are handed to their log, and what is in them.</summary>
public sealed class BodyRecordingTests
{
    private const string Key = "sk-abcdefghijklmnop1234567890";

    private readonly CollectingBodies _bodies = new();

    [Fact]
    public async Task Off_NobodyIsAsked()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(null, m => m, upstream);
        await using var off = await StartAsync(new BodiesConfig(), m => m, upstream);

        foreach (var node in (TestGateway[])[gateway, off])
        {
            Assert.Equal(200, (await node.AskAsync(Ask)).Status);
            await node.Calls.NextAsync();
        }

        Assert.Equal((0, true), (_bodies.Asked, _bodies.IsEmpty));
    }

    [Fact]
    public async Task All_RequestAndAnswer_AsTheyWere()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("hello"));
        await using var gateway = await StartAsync(All(), m => m, upstream);

        var (_, body) = await gateway.AskAsync(Ask);
        var (request, answer, bodies) = await _bodies.NextAsync();

        Assert.Equal(new KeptBody("application/json", Ask.Length, Ask, false, ""), request);
        Assert.Equal(new KeptBody("application/json", body.Length, body, false, ""), answer);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((record.Id, record.StartedAt, ""), (bodies.Id, bodies.StartedAt, bodies.Consumer));
        Assert.Equal(0, _bodies.Reserved);
    }

    [Theory]
    [InlineData(BodiesKeep.All, 2)]
    [InlineData(BodiesKeep.OnFailure, 1)]
    public async Task OnFailure_OnlyWhatDidNotEndWell(BodiesKeep keep, int kept)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("fine"), Fails(400));
        await using var gateway = await StartAsync(new BodiesConfig { Keep = keep }, m => m, upstream);

        await gateway.AskAsync(Ask);
        await gateway.Calls.NextAsync();
        await gateway.AskAsync(Ask.Replace("hi", "ho", StringComparison.Ordinal));
        await gateway.Calls.NextAsync();

        for (var i = 1; i < kept; i++) await _bodies.NextAsync();
        var (request, answer, _) = await _bodies.NextAsync();
        Assert.Contains("\"ho\"", request.Text, StringComparison.Ordinal);
        Assert.Contains("it went wrong", answer.Text, StringComparison.Ordinal);
        Assert.Equal((true, 0), (_bodies.IsEmpty, _bodies.Reserved));
    }

    [Fact]
    public async Task OnFailure_ARefusalOfOurs_IsKeptWithTheRequest()
    {
        await using var gateway = await StartAsync(new BodiesConfig { Keep = BodiesKeep.OnFailure }, m => m with { Targets = [new TargetConfig { Provider = "p1", Model = "m" }] }, await DownAsync());

        var (status, body) = await gateway.AskAsync(Ask);
        var (request, answer, _) = await _bodies.NextAsync();

        Assert.True(status >= 500, body);
        Assert.Equal((Ask, body), (request.Text, answer.Text));
    }

    [Fact]
    public async Task OnFailure_ACallerWhoLeft_IsNone()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("a"), Silence));
        await using var gateway = await StartAsync(new BodiesConfig { Keep = BodiesKeep.OnFailure }, m => m, upstream);

        using (await gateway.PostAsync(AskStream))
        {
        }

        Assert.Equal(CallOutcome.ClientCancelled, (await gateway.Calls.NextAsync()).Outcome);
        Assert.Equal((true, 1, 0), (_bodies.IsEmpty, _bodies.Asked, _bodies.Reserved));
    }

    [Fact]
    public async Task Sampled_ByChance()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(new BodiesConfig { Keep = BodiesKeep.Sampled, Share = 0.25 }, m => m, new TestRandom(), upstream);

        for (var i = 0; i < 200; i++)
        {
            await gateway.AskAsync(Ask);
            await gateway.Calls.NextAsync();
        }

        Assert.InRange(_bodies.Asked, 30, 70);
        for (var i = 0; i < _bodies.Asked; i++) await _bodies.NextAsync();
        Assert.True(_bodies.IsEmpty);
    }

    [Fact]
    public async Task Full_TheCallGoesOnWithoutThem()
    {
        _bodies.Full = true;
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(All(), m => m, upstream);

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        await gateway.Calls.NextAsync();

        Assert.Equal((1, true, 0), (_bodies.Asked, _bodies.IsEmpty, _bodies.Reserved));
    }

    [Theory]
    [InlineData("/v1/chat/completions", false)]
    [InlineData("/v1/chat/completions", true)]
    [InlineData("/v1/messages", false)]
    [InlineData("/v1/messages", true)]
    public async Task Guardrails_WhatTheyLeft_AndNotWhatComesBackToTheCaller(string path, bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(stream
            ? Streams(Role, Content("to [ema"), Content("il_1] or a@"), Content("b.org"), Stop, Done) : Says("to [email_1] or a@b.org"));
        await using var gateway = await StartAsync(GuardSetup.Document(
            new GuardrailConfig { Detect = [GuardSetup.Email(GuardAction.Tokenise), new DetectConfig { Type = DetectType.Card }] }, m => m with { Bodies = All() }, Provider("p1", upstream.Address)));
        const string Said = "I am bob@x.org, card 4111 1111 1111 1111";

        var (_, body) = await gateway.AskAsync(path == "/v1/messages" ? GuardSetup.Messages(Said, stream) : GuardSetup.Chat(Said, stream), path);
        var (request, answer, _) = await _bodies.NextAsync();

        Assert.Contains("bob@x.org", body, StringComparison.Ordinal);
        Assert.Contains("I am [email_1], card [card]", request.Text, StringComparison.Ordinal);
        Assert.Contains("to [email_1] or [email]", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("bob", request.Text + answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completions", AskStream)]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("/v1/responses", """{"model":"fast","store":false,"stream":true,"input":"hi"}""")]
    [InlineData("/v1beta/models/fast:streamGenerateContent", """{"contents":[{"parts":[{"text":"hi"}]}]}""")]
    [InlineData("/v1beta/models/fast:streamGenerateContent?alt=sse", """{"contents":[{"parts":[{"text":"hi"}]}]}""")]
    [InlineData("/api/chat", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("/api/generate", """{"model":"fast","prompt":"hi"}""")]
    [InlineData("/v1/completions", """{"model":"fast","stream":true,"prompt":"hi"}""")]
    public async Task Streams_AreKeptAsTheAnswerTheyTell_AndNoSecretIsInIt(string path, string ask)
    {
        string[] pieces = ["the key is sk-abc", "defghijklmnop12", "34567890, and", " that is all"];
        await using var upstream = await ChatUpstream.StartAsync(Streams([Role, .. pieces.Select(p => path == "/v1/completions" ? Completion(p) : Content(p)), Stop, Usage(7, 3), Done]));
        await using var gateway = await StartAsync(All(), m => m, upstream);

        var (status, body) = await gateway.AskAsync(ask, path);
        var (_, answer, _) = await _bodies.NextAsync();

        Assert.True(status == 200, body);
        Assert.Contains("the key is [secret], and that is all", answer.Text, StringComparison.Ordinal);
        Assert.Equal((body.Length, false, ""), (answer.Size, answer.Truncated, answer.Omitted));
        Assert.NotNull(JsonNode.Parse(answer.Text!));
        Assert.DoesNotContain("defghi", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Streams_ThatBreak_AreKeptAsFarAsTheyCame()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("the first half"), Gate, Cut));
        await using var gateway = await StartAsync(new BodiesConfig { Keep = BodiesKeep.OnFailure }, m => m with { MaxAttempts = 1 }, upstream);

        await gateway.AskAsync(AskStream, upstream);

        Assert.Contains("the first half", (await _bodies.NextAsync()).Answer.Text, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task AGuardrailThatRefuses_NothingOfWhatWasSaidIsKept()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("x"));
        await using var gateway = await StartAsync(GuardSetup.Document(
            new GuardrailConfig { Detect = [new DetectConfig { Type = DetectType.Card, Action = GuardAction.Block }] }, m => m with { Bodies = All() }, Provider("p1", upstream.Address)));

        var (_, body) = await gateway.AskAsync(GuardSetup.Chat("4111 1111 1111 1111"));
        var (request, answer, _) = await _bodies.NextAsync();

        Assert.Equal((null, "refused"), (request.Text, request.Omitted));
        Same(body, answer.Text);
    }

    [Fact]
    public async Task AGuardrailThatRefusesTheAnswer_TheErrorIsKept()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("mail bob@x.org"));
        await using var gateway = await StartAsync(GuardSetup.Document(
            new GuardrailConfig { Detect = [GuardSetup.Email(GuardAction.Block)] }, m => m with { Bodies = All() }, Provider("p1", upstream.Address)));

        var (_, body) = await gateway.AskAsync(GuardSetup.Chat("hi"));

        Same(body, (await _bodies.NextAsync()).Answer.Text);
    }

    [Fact]
    public async Task MaxSize_TheRestIsCutOff_AndTheEndNeverShowsHalfASecret()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says(new string('y', 500) + " " + string.Concat(Enumerable.Repeat("word ", 2000))));
        await using var gateway = await StartAsync(All() with { MaxSize = 1024 }, m => m, upstream);
        var said = string.Concat(Enumerable.Range(0, 400).Select(i => $"{i} {Key} "));

        await gateway.AskAsync(GuardSetup.Chat(said));
        var (request, answer, _) = await _bodies.NextAsync();

        Assert.Equal((true, true), (request.Truncated, answer.Truncated));
        Assert.Equal((GuardSetup.Chat(said).Length, 1024), (request.Size, answer.Text!.Length));
        Assert.InRange(request.Text!.Length, 300, 1024); // 24 of 29 characters were masked before the end was cut off
        Assert.DoesNotContain("sk-", request.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaxSize_OfAStream_IsThatOfItsText()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams([Role, .. Enumerable.Range(0, 3000).Select(i => Content($"w{i} ")), Stop, Done]));
        await using var gateway = await StartAsync(All() with { MaxSize = 4096 }, m => m, upstream);

        await gateway.AskAsync(AskStream);
        var (_, answer, _) = await _bodies.NextAsync();

        Assert.True(answer.Truncated);
        Assert.Equal(4096, answer.Text!.Length);
        Assert.Contains("w0 w1 w2 ", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DataInARequest_IsLeftOut()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("a cat"));
        await using var gateway = await StartAsync(All(), m => m, upstream);
        var ask = $$$"""{"model":"fast","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,{{{new string('A', 300_000)}}}="}},{"type":"text","text":"what is it?"}]}]}""";

        await gateway.AskAsync(ask);
        var (request, _, _) = await _bodies.NextAsync();

        Assert.Equal("""{"model":"fast","messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,[300001 characters of data]"}},{"type":"text","text":"what is it?"}]}]}""", request.Text);
        Assert.Equal((ask.Length, false), (request.Size, request.Truncated));
    }

    [Fact]
    public async Task SoundAndForms_SizeAndTypeOnly()
    {
        await using var upstream = await ChatUpstream.StartAsync(async context =>
        {
            context.Response.ContentType = "audio/mpeg";
            await context.Response.Body.WriteAsync(new byte[5000]);
        }, Json(200, """{"text":"hello"}"""));
        await using var gateway = await StartAsync(All(), m => m, upstream);

        await gateway.AskAsync("""{"model":"fast","input":"say it","voice":"a"}""", "/v1/audio/speech");
        var (request, answer, _) = await _bodies.NextAsync();
        Assert.Contains("say it", request.Text, StringComparison.Ordinal);
        Assert.Equal(new KeptBody("audio/mpeg", 5000, null, false, "binary"), answer);

        using var form = new MultipartFormDataContent { { new StringContent("fast"), "model" }, { new ByteArrayContent(new byte[3000]) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } }, "file", "a.wav" } };
        using var said = await gateway.SendAsync(HttpMethod.Post, "/v1/audio/transcriptions", null, form);
        var (sound, _, _) = await _bodies.NextAsync();
        Assert.StartsWith("multipart/form-data", sound.MediaType, StringComparison.Ordinal);
        Assert.Equal((null, "binary"), (sound.Text, sound.Omitted));
        Assert.InRange(sound.Size, 3000, 4000);
    }

    [Fact]
    public async Task Logprobs_WouldSpellIt()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"sk-abcdefghijklmnop1234567890"},"logprobs":{"content":[{"token":"sk-abcdefg"},{"token":"hijklmnop1234567890"}]},"finish_reason":"stop"}]}"""));
        await using var gateway = await StartAsync(All(), m => m, upstream);

        await gateway.AskAsync(Ask);

        Assert.Equal("""{"id":"c1","choices":[{"index":0,"message":{"role":"assistant","content":"[secret]"},"logprobs":null,"finish_reason":"stop"}]}""", (await _bodies.NextAsync()).Answer.Text);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CacheHits_AreKeptLikeTheFirst(bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("to [email_1]"));
        await using var gateway = await StartAsync(GuardSetup.Document(
            new GuardrailConfig { Detect = [GuardSetup.Email(GuardAction.Tokenise)] }, m => m with { Bodies = All(), Cache = new AnswerCacheConfig { All = true } }, Provider("p1", upstream.Address)));

        foreach (var hit in (bool[])[false, true])
        {
            var (_, body) = await gateway.AskAsync(GuardSetup.Chat("I am bob@x.org", stream));
            var (request, answer, _) = await _bodies.NextAsync();

            Assert.Contains("to bob@x.org", body, StringComparison.Ordinal);
            Assert.Contains("I am [email_1]", request.Text, StringComparison.Ordinal);
            Assert.Contains("to [email_1]", answer.Text, StringComparison.Ordinal);
            Assert.Equal(hit, (await gateway.Calls.NextAsync()).Why.Contains("cache hit", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task ConversationsThatAreKept_AreRecordedBesides()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("hello"));
        await using var gateway = await StartAsync(Config.Document(
            Provider("p1", upstream.Address), Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }], Bodies = All() }),
            Config.Consumer("a"), Config.Route("models", new RouteConfig { Models = new ModelsConfig() })), Config.Key("k1", "a", "key-a"));

        var first = await SayAsync("""{"model":"fast","input":"one"}""");
        var second = await SayAsync($$"""{"model":"fast","previous_response_id":"{{first["id"]!.GetValue<string>()}}","input":"two"}""");

        Assert.NotNull(second);
        await _bodies.NextAsync();
        var (request, answer, bodies) = await _bodies.NextAsync();
        Assert.Contains("one", request.Text, StringComparison.Ordinal); // what went to the provider: the whole conversation
        Assert.Contains("hello", answer.Text, StringComparison.Ordinal);
        Assert.Equal("a", bodies.Consumer);

        async Task<JsonNode> SayAsync(string body)
        {
            using var said = await gateway.SendAsync(HttpMethod.Post, "/v1/responses", h => h.TryAddWithoutValidation("Authorization", "Bearer key-a"), new StringContent(body, System.Text.Encoding.UTF8, new MediaTypeHeaderValue("application/json")));
            return JsonNode.Parse(await said.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        }
    }

    [Fact]
    public async Task AFallbackAfterAWrongAnswer_TheRequestHasNothingOfThatAnswer()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("write to bob@x.org"), Says("write to bob@x.org"), Says("{}"));
        var answers = new GuardrailConfig { CheckSchema = true, Detect = [GuardSetup.Email(GuardAction.Mask, GuardDirection.Answer)] };
        var target = new TargetConfig { Provider = "p1", Model = "m" };
        await using var gateway = await StartAsync(Config.Document(
            Provider("p1", upstream.Address), GuardSetup.Guardrail("pii", answers),
            Model("fast", new ModelConfig { Targets = [target], Guardrails = ["pii"], Bodies = All(), Fallbacks = new FallbacksConfig { Errors = ["other"] } }), Model("other", new ModelConfig { Targets = [target] }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));
        const string Wants = """{"model":"fast","response_format":{"type":"json_object"},"messages":[{"role":"user","content":"hi"}]}""";

        Assert.Equal(200, (await gateway.AskAsync(Wants)).Status);

        Assert.Contains("bob", upstream.Bodies[2], StringComparison.Ordinal);
        Assert.Equal(Wants, (await _bodies.NextAsync()).Request.Text);
    }

    private static string Completion(string text) => $$"""data: {"id":"c1","object":"text_completion","created":1,"model":"m","choices":[{"index":0,"text":"{{text}}","finish_reason":null}]}""" + "\n\n";

    private static void Same(string expected, string? actual) => Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), JsonNode.Parse(actual!)!.ToJsonString());

    private static BodiesConfig All() => new() { Keep = BodiesKeep.All };

    private static async Task<ChatUpstream> DownAsync()
    {
        var upstream = await ChatUpstream.StartAsync(Says("x"));
        await upstream.DisposeAsync();
        return upstream;
    }

    private Task<TestGateway> StartAsync(BodiesConfig? bodies, Func<ModelConfig, ModelConfig> change, params ChatUpstream[] upstreams) => StartAsync(bodies, change, new TestRandom(), upstreams);

    private Task<TestGateway> StartAsync(BodiesConfig? bodies, Func<ModelConfig, ModelConfig> change, TestRandom random, params ChatUpstream[] upstreams) =>
        StartAsync(Document(m => change(m) with { Bodies = bodies }, upstreams), random);

    private Task<TestGateway> StartAsync(ConfigDocument document, params IssuedKey[] keys) => StartAsync(document, new TestRandom(), keys);

    private Task<TestGateway> StartAsync(ConfigDocument document, TestRandom random, params IssuedKey[] keys) =>
        TestGateway.StartAsync(new TestGateway.Setup { Random = random, Services = s => s.AddSingleton<IBodySink>(_bodies) }, document, keys);
}
