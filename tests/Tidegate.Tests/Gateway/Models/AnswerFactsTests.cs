using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Counting;
using Tidegate.Tests.Gateway.Models.Guarding;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What is known of an answer's quality, from the gateway's calls to the counts of objectives.</summary>
public sealed class AnswerFactsTests
{
    private const string Schema = """{"type":"object","required":["n"],"properties":{"n":{"type":"integer"}}}""";

    [Fact]
    public async Task CacheHits_CountHitsAndMisses_AndNothingElse()
    {
        const string cold = """{"model":"fast","temperature":0,"messages":[{"role":"user","content":"hi"}]}""";
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.CacheHits });
        await using var gateway = await TestGateway.StartAsync(setup, Document(m => m with { Cache = new AnswerCacheConfig() }, "echo"));

        await AskAsync(gateway, cold);
        Assert.Equal(new Tally(1, 1), counter.Take(GatewayMeasure.CacheHits));
        Assert.Equal(CallFacts.CacheHit, (await AskAsync(gateway, cold)).Facts);
        Assert.Equal(new Tally(0, 1), counter.Take(GatewayMeasure.CacheHits));
        await AskAsync(gateway, cold, ("Cache-Control", "no-cache")); // not asked
        await AskAsync(gateway, ModelSetup.Ask); // not for the cache
        Assert.Equal(Tally.None, counter.Take(GatewayMeasure.CacheHits));
    }

    [Fact]
    public async Task Hit_IsAsOldAsItIsKept_AndHasTheFactsOfItsAnswer()
    {
        const string cold = """{"model":"fast","temperature":0,"messages":[{"role":"user","content":"hi"}]}""";
        var (setup, counter) = CountingSetup.Of(
            new GatewayIndicatorConfig { Measure = GatewayMeasure.Freshness, Threshold = "1m" }, new GatewayIndicatorConfig { Measure = GatewayMeasure.Refusals });
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        setup.Time = time;
        await using var gateway = await TestGateway.StartAsync(setup, Document(m => m with { Cache = new AnswerCacheConfig { Ttl = TimeSpan.FromMinutes(5) } }, "echo?finish=filter"));

        Assert.Equal(-1, (await AskAsync(gateway, cold)).AgeSeconds);
        time.Advance(TimeSpan.FromSeconds(59.5));
        Assert.Equal(59, (await AskAsync(gateway, cold)).AgeSeconds);
        Assert.Equal(new Tally(0, 1), counter.Take(GatewayMeasure.Freshness, "1m"));
        time.Advance(TimeSpan.FromSeconds(2));
        using var answer = await gateway.PostAsync(cold);
        var record = await gateway.Calls.NextAsync();

        Assert.Equal(("61", 61, CallFacts.CacheHit | CallFacts.Refused), (answer.Headers.Age!.Value.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture), record.AgeSeconds, record.Facts));
        Assert.Equal(new Tally(1, 1), counter.Take(GatewayMeasure.Freshness, "1m"));
        Assert.Equal(new Tally(3, 3), counter.Take(GatewayMeasure.Refusals));
    }

    [Theory]
    [InlineData("echo", false, 0)]
    [InlineData("echo", true, 0)]
    [InlineData("echo?finish=filter", false, 1)]
    [InlineData("echo?finish=filter", true, 1)]
    [InlineData("echo?finish=length", true, 0)]
    [InlineData("echo?finish=filter&dialect=anthropic_messages", false, 1)]
    [InlineData("echo?finish=filter&dialect=anthropic_messages", true, 1)]
    [InlineData("echo?finish=filter&dialect=gemini", true, 1)]
    [InlineData("echo?finish=filter&dialect=openai_responses", true, 1)]
    public async Task Refusals_OfAFilter_AreBad_OtherAnswersGood(string model, bool stream, int bad)
    {
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.Refusals });
        await using var gateway = await TestGateway.StartAsync(setup, Document(m => m, model));

        var record = await AskAsync(gateway, stream ? ModelSetup.AskStream : ModelSetup.Ask);

        Assert.Equal((CallOutcome.Ok, bad == 1), (record.Outcome, record.Facts == CallFacts.Refused));
        Assert.Equal(new Tally(bad, 1), counter.Take(GatewayMeasure.Refusals));
    }

    [Theory]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}]}""", "anthropic_messages")]
    [InlineData("/v1/responses", """{"model":"fast","stream":true,"input":"hi"}""", "openai_responses")]
    [InlineData("/v1beta/models/fast:streamGenerateContent?alt=sse", """{"contents":[{"parts":[{"text":"hi"}]}]}""", "gemini")]
    [InlineData("/api/chat", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""", "openai_chat")]
    public async Task Refusals_InStreamsOfEveryFace_PassedOnOrWrittenAnew_AreSeen(string path, string request, string dialect)
    {
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.Refusals });
        await using var gateway = await TestGateway.StartAsync(setup, Document(m => m, $"echo?finish=filter&dialect={dialect}"));

        Assert.Equal(200, (await gateway.AskAsync(request, path)).Status);

        Assert.Equal(CallFacts.Refused, (await gateway.Calls.NextAsync()).Facts);
        Assert.Equal(new Tally(1, 1), counter.Take(GatewayMeasure.Refusals));
    }

    [Fact]
    public async Task Refusals_InTheModelsOwnWords_AndByAFilterBeforeIt_AreBad()
    {
        const string declined = """{"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"refusal":"I cannot."},"finish_reason":"stop"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}""";
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.Refusals });
        await using var upstream = await ChatUpstream.StartAsync(
            Json(200, declined), Streams(Role, Content("x").Replace("content", "refusal", StringComparison.Ordinal), Stop, Done), Fails(400, "content_filter"), Fails(400, "bad_thing"));
        await using var gateway = await TestGateway.StartAsync(setup, ModelSetup.Document(m => m, upstream));

        Assert.Equal(CallFacts.Refused, (await AskAsync(gateway, ModelSetup.Ask)).Facts);
        Assert.Equal(CallFacts.Refused, (await AskAsync(gateway, ModelSetup.AskStream)).Facts);
        Assert.Equal(new Tally(2, 2), counter.Take(GatewayMeasure.Refusals));
        var filtered = await AskAsync(gateway, ModelSetup.Ask);
        Assert.Equal((CallFacts.Refused, CallOutcome.ClientError, 400), (filtered.Facts, filtered.Outcome, filtered.Status));
        Assert.Equal(new Tally(1, 1), counter.Take(GatewayMeasure.Refusals));
        Assert.Equal(CallFacts.None, (await AskAsync(gateway, ModelSetup.Ask)).Facts); // the caller's own mistake
        Assert.Equal(Tally.None, counter.Take(GatewayMeasure.Refusals));
    }

    [Fact]
    public async Task Refusals_OfAGuardrailOfOurs_AreNotTheModels()
    {
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.Refusals });
        await using var upstream = await ChatUpstream.StartAsync(Says("write to a@example.com"));
        await using var gateway = await TestGateway.StartAsync(setup, GuardSetup.Document(new GuardrailConfig { Detect = [GuardSetup.Email(GuardAction.Block)] }, upstream));

        var record = await AskAsync(gateway, ModelSetup.Ask);

        Assert.Equal((CallFacts.None, 400), (record.Facts, record.Status));
        Assert.Equal(Tally.None, counter.Take(GatewayMeasure.Refusals));
    }

    [Theory]
    [InlineData("openai_chat", false, "{\\\"n\\\":7}", true)]
    [InlineData("openai_chat", true, "{\\\"n\\\":7}", true)]
    [InlineData("openai_chat", false, "{\\\"n\\\":\\\"x\\\"}", false)]
    [InlineData("openai_chat", true, "{\\\"n\\\":\\\"x\\\"}", false)]
    [InlineData("openai_responses", true, "{\\\"n\\\":7}", true)]
    [InlineData("openai_responses", false, "no JSON", false)]
    [InlineData("gemini", true, "{\\\"n\\\":7}", true)]
    [InlineData("gemini", true, "{}", false)]
    [InlineData("gemini", false, "{}", false)]
    public async Task SchemaValid_LooksAtAnswersOfEveryDialect_WithoutAGuardrail_AndTheCallerGetsThem(string dialect, bool stream, string said, bool valid)
    {
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.SchemaValid });
        await using var gateway = await TestGateway.StartAsync(setup, Document(m => m, $"echo?dialect={dialect}"));

        var (status, body) = await gateway.AskAsync(Asks(said, stream));
        var record = await gateway.Calls.NextAsync();

        Assert.True(status == 200, body);
        Assert.Equal(valid ? CallFacts.SchemaChecked : CallFacts.SchemaChecked | CallFacts.SchemaInvalid, record.Facts);
        Assert.Equal((CallOutcome.Ok, 1), (record.Outcome, record.AttemptCount));
        Assert.Equal(new Tally(valid ? 0 : 1, 1), counter.Take(GatewayMeasure.SchemaValid));
    }

    [Theory]
    [InlineData("/v1/responses", """{"model":"fast","input":"{\"n\":\"x\"}","text":{"format":{"type":"json_schema","name":"s","schema":SCHEMA}}}""")]
    [InlineData("/v1/responses", """{"model":"fast","stream":true,"input":"{\"n\":\"x\"}","text":{"format":{"type":"json_schema","name":"s","schema":SCHEMA}}}""")]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":99,"stream":true,"messages":[{"role":"user","content":"{\"n\":\"x\"}"}],"output_config":{"format":{"type":"json_schema","schema":SCHEMA}}}""")]
    [InlineData("/v1beta/models/fast:generateContent", """{"contents":[{"parts":[{"text":"{\"n\":\"x\"}"}]}],"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":SCHEMA}}""")]
    [InlineData("/v1beta/models/fast:streamGenerateContent", """{"contents":[{"parts":[{"text":"{\"n\":\"x\"}"}]}],"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":SCHEMA}}""")]
    [InlineData("/api/chat", """{"model":"fast","messages":[{"role":"user","content":"{\"n\":\"x\"}"}],"format":SCHEMA}""")]
    [InlineData("/api/chat", """{"model":"fast","stream":false,"messages":[{"role":"user","content":"[7]"}],"format":"json"}""")]
    [InlineData("/v1/chat/completions", """{"model":"fast","messages":[{"role":"user","content":"[7]"}],"response_format":{"type":"json_object"}}""")]
    public async Task SchemaValid_IsAskedForInEveryFacesWords(string path, string request)
    {
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.SchemaValid });
        await using var gateway = await TestGateway.StartAsync(setup, Document(m => m, "echo"));

        var (status, body) = await gateway.AskAsync(request.Replace("SCHEMA", Schema, StringComparison.Ordinal), path);

        Assert.True(status == 200, body);
        Assert.Equal(CallFacts.SchemaChecked | CallFacts.SchemaInvalid, (await gateway.Calls.NextAsync()).Facts);
        Assert.Equal(new Tally(1, 1), counter.Take(GatewayMeasure.SchemaValid));
    }

    [Theory]
    [InlineData("echo", """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("echo", """{"model":"fast","messages":[{"role":"user","content":"hi"}],"response_format":{"type":"text"}}""")]
    [InlineData("echo?finish=filter", """{"model":"fast","messages":[{"role":"user","content":"hi"}],"response_format":{"type":"json_object"}}""")]
    [InlineData("tool", """{"model":"fast","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"f"}}],"response_format":{"type":"json_object"}}""")]
    [InlineData("echo?cut=1", """{"model":"fast","stream":true,"messages":[{"role":"user","content":"one two"}],"response_format":{"type":"json_object"}}""")]
    public async Task SchemaValid_WithoutAnAnswerThatCouldHaveOne_IsNotKnown(string model, string request)
    {
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.SchemaValid });
        await using var gateway = await TestGateway.StartAsync(setup, Document(m => m, model));

        Assert.Equal(CallFacts.None, (await AskAsync(gateway, request)).Facts & CallFacts.SchemaChecked);
        Assert.Equal(Tally.None, counter.Take(GatewayMeasure.SchemaValid));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task SchemaValid_UnderAGuardrail_IsWhatTheCallerSaw(bool stream)
    {
        const string bad = "{}", good = "{\\\"n\\\":7}";
        var (setup, counter) = CountingSetup.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.SchemaValid });
        await using var upstream = await ChatUpstream.StartAsync(Says(bad), Says(good), Says(bad));
        await using var gateway = await TestGateway.StartAsync(setup, GuardSetup.Document(new GuardrailConfig { CheckSchema = true }, upstream));

        Assert.Equal(CallFacts.SchemaChecked, (await AskAsync(gateway, Asks("hi", stream))).Facts); // mended
        Assert.Equal(new Tally(0, 1), counter.Take(GatewayMeasure.SchemaValid));
        var failed = await AskAsync(gateway, Asks("hi", stream));
        Assert.Equal((502, CallFacts.SchemaChecked | CallFacts.SchemaInvalid), (failed.Status, failed.Facts));
        Assert.Equal(new Tally(1, 1), counter.Take(GatewayMeasure.SchemaValid));
    }

    [Theory]
    [InlineData("echo?rate=2", true)]
    [InlineData("echo?rate=2&dialect=anthropic_messages", true)]
    [InlineData("echo?rate=2", false)]
    [InlineData("echo?rate=2&cut=1", true)]
    public async Task InterToken_IsTheMeanOfAStream_OfTwoTokensAndMore(string model, bool stream)
    {
        await using var scene = await Faults.FaultScene.StartAsync(model);

        var seen = await scene.AskAsync(stream);

        if (stream && !model.Contains("cut", StringComparison.Ordinal)) Assert.InRange(seen.Record.Use!.InterTokenUs, 500_000, 900_000);
        else Assert.Equal(-1, seen.Record.Use!.InterTokenUs);
        var counter = new CallCounter();
        GatewayIndicatorConfig[] indicators = [new() { Measure = GatewayMeasure.InterToken, Threshold = "400ms" }, new() { Measure = GatewayMeasure.InterToken, Threshold = "1s" }];
        counter.Use([.. indicators.Select(CallIndicator.Of)], ConfigDocument.Empty);
        counter.Count(seen.Record);
        var counted = seen.Record.Use.InterTokenUs < 0 ? 0 : 1;
        Assert.Equal((new Tally(counted, counted), new Tally(0, counted)), (counter.Take(GatewayMeasure.InterToken, "400ms"), counter.Take(GatewayMeasure.InterToken, "1s")));
    }

    [Theory]
    [InlineData("reasoning_content", 3)] // shown: they are among the tokens that came
    [InlineData("content", 1)] // thought of before: three of the six tokens came
    public async Task InterToken_LeavesOutThoughtsThatWereNotShown(string field, int gaps)
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        const string usage = "data: {\"choices\":[],\"usage\":{\"prompt_tokens\":1,\"completion_tokens\":4,\"total_tokens\":5,\"completion_tokens_details\":{\"reasoning_tokens\":2}}}\n\n";
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("a").Replace("\"content\"", $"\"{field}\"", StringComparison.Ordinal), Gate, Content("b"), Stop, usage, Done));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, ModelSetup.Document(m => m, upstream));

        using var answer = await gateway.PostAsync(ModelSetup.AskStream);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        Assert.NotEqual(0, await body.ReadAtLeastAsync(new byte[Role.Length + 1], Role.Length + 1, cancellationToken: TestContext.Current.CancellationToken));
        time.Advance(TimeSpan.FromSeconds(3));
        upstream.Seen.SetResult();
        await body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

        Assert.Equal(3_000_000 / gaps, (await gateway.Calls.NextAsync()).Use!.InterTokenUs);
    }

    [Fact]
    public async Task InterToken_LeavesOutWhatItsCallerTook_NotWhatItTookAfterTheLastToken()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var large = Content(new string('x', 8 << 20)); // more than lies between two programs of a machine
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("a"), Gate, large, Stop, Usage(1, 2), Done));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, ModelSetup.Document(m => m, upstream));

        using var answer = await gateway.PostAsync(ModelSetup.AskStream);
        await using var body = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
        var first = Role.Length + Content("a").Length;
        await body.ReadExactlyAsync(new byte[first], TestContext.Current.CancellationToken);
        time.Advance(TimeSpan.FromSeconds(3));
        upstream.Seen.SetResult();
        await body.ReadExactlyAsync(new byte[100], TestContext.Current.CancellationToken); // the last token has come, and nobody takes it
        time.Advance(TimeSpan.FromSeconds(1));
        await body.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);

        Assert.Equal(3_000_000, (await gateway.Calls.NextAsync()).Use!.InterTokenUs);
    }

    private static string Asks(string said, bool stream) =>
        """{"model":"fast","stream":STREAM,"messages":[{"role":"user","content":"SAID"}],"response_format":{"type":"json_schema","json_schema":{"name":"s","schema":SCHEMA}}}"""
            .Replace("STREAM", stream ? "true" : "false", StringComparison.Ordinal).Replace("SAID", said, StringComparison.Ordinal).Replace("SCHEMA", Schema, StringComparison.Ordinal);

    private static async Task<CallRecord> AskAsync(TestGateway gateway, string request, params (string Name, string Value)[] headers)
    {
        using var answer = await gateway.PostAsync(request, headers: headers);
        try
        {
            await answer.Content.CopyToAsync(Stream.Null, TestContext.Current.CancellationToken);
        }
        catch (HttpRequestException)
        {
            // A stream that was cut.
        }

        return await gateway.Calls.NextAsync();
    }

    private static ConfigDocument Document(Func<ModelConfig, ModelConfig> change, string model) => Config.Document(
        new Resource<ProviderConfig> { ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = "fake" }, Spec = new ProviderConfig { Vendor = "fake" } },
        ModelSetup.Model("fast", change(new ModelConfig { Targets = [new TargetConfig { Provider = "fake", Model = model }] })),
        Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone }));
}
