using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Guarding;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Shadows;

/// <summary>Copies of calls: made after them, compared, recorded, and never seen by anybody.</summary>
public sealed class ShadowTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Ask)]
    [InlineData(AskStream)]
    public async Task Copy_IsComparedWithItsPrimary_AndRecordedAsNobodysCall(string request)
    {
        await using var primary = await ChatUpstream.StartAsync(Says("the quick brown fox"));
        await using var shadow = await ChatUpstream.StartAsync(Says("the quick red fox jumps", input: 10, output: 5));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow);

        var (status, body) = await gateway.AskAsync(request);

        Assert.Equal(200, status);
        Assert.Contains("brown", body, StringComparison.Ordinal);
        Assert.DoesNotContain("jumps", body, StringComparison.Ordinal);
        var (calls, copies) = await gateway.EndAsync(1, 1);
        var (call, copy) = (Assert.Single(calls), Assert.Single(copies));
        Assert.Equal(("model", "shadow: p2/s", "p1/m-p1", 1), (call.Kind, call.Why, call.Destination, call.AttemptCount));
        Assert.Equal(("shadow", "fast", "p2/s", "", "", "", 200, CallOutcome.Ok), (copy.Kind, copy.Service, copy.Destination, copy.Route, copy.Consumer, copy.KeyId, copy.Status, copy.Outcome));
        Assert.Equal((call.TraceId, 1, 0L, 0L), (copy.TraceId, copy.AttemptCount, copy.RequestBytes, copy.ResponseBytes));
        Assert.Equal(new ShadowComparison(call.Id) { PrimaryOutcome = CallOutcome.Ok, Finish = "stop", PrimaryFinish = "stop", Similarity = 0.666m }, copy.Shadow);
        Assert.True(copy.Use is { Provider: "p2", Model: "s", InputTokens: 10, OutputTokens: 5, Cost: 0.00002m, FirstTokenUs: >= 0 }, copy.Use?.ToString());
        Assert.NotEqual(call.Id, copy.Id);
        Assert.Equal(JsonNode.Parse(primary.Bodies[0].Replace("m-p1", "s", StringComparison.Ordinal))!.ToJsonString(), JsonNode.Parse(shadow.Bodies[0])!.ToJsonString());
    }

    [Fact]
    public async Task Copy_IsSentWhenTheCallerHasEverything()
    {
        await using var primary = await ChatUpstream.StartAsync(Streams(Role, Content("one"), Gate, Content(" two"), Stop, Done));
        await using var shadow = await ChatUpstream.StartAsync(Says("one two"));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow);

        using var answer = await gateway.PostAsync(AskStream);
        Assert.Equal(0, shadow.Calls);
        primary.Seen.SetResult();
        Assert.Contains(" two", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);

        var (calls, copies) = await gateway.EndAsync(1, 1);
        Assert.True(copies[0].StartedAt >= calls[0].StartedAt.AddMicroseconds(calls[0].DurationUs - 1000), "it began before its primary had ended"); // to the millisecond of the clock
        Assert.Equal(1, copies[0].Shadow!.Similarity);
    }

    [Theory]
    [InlineData(Ask)]
    [InlineData(AskStream)]
    public async Task PrimaryFails_ItsErrorIsShown_NeverTheCopysAnswer(string request)
    {
        await using var primary = await ChatUpstream.StartAsync(Fails(500));
        await using var shadow = await ChatUpstream.StartAsync(Says("all is well"));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow);

        var (status, body) = await gateway.AskAsync(request);

        Assert.Equal(500, status);
        Assert.DoesNotContain("well", body, StringComparison.Ordinal);
        var (calls, copies) = await gateway.EndAsync(1, 1);
        Assert.Equal((CallOutcome.UpstreamError, CallOutcome.UpstreamError, CallOutcome.Ok), (calls[0].Outcome, copies[0].Shadow!.PrimaryOutcome, copies[0].Outcome));
        Assert.Equal(("stop", "", null), (copies[0].Shadow!.Finish, copies[0].Shadow!.PrimaryFinish, copies[0].Shadow!.Similarity));
    }

    [Theory]
    [InlineData("/v1/chat/completions", Ask)]
    [InlineData("/v1/chat/completions", AskStream)]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":50,"stream":true,"messages":[{"role":"user","content":"hi"}]}""")]
    public async Task PrimarysAnswer_IsTheSameToTheByte_WithAndWithoutACopy(string path, string request)
    {
        await using var primary = await ChatUpstream.StartAsync(Says("one two three"));
        await using var shadow = await ChatUpstream.StartAsync(Says("four"));
        await using var with = await ShadowSetup.StartAsync(primary, shadow);
        await using var without = await ShadowSetup.StartAsync(primary, shadow, model: m => m with { Shadow = null });

        var (one, other) = (await AllAsync(with, path, request), await AllAsync(without, path, request));

        Assert.Equal(other, one);
        Assert.Equal(primary.Bodies[1], primary.Bodies[0]);
        Assert.Single((await with.EndAsync(1, 1)).Copies);
    }

    [Fact]
    public async Task Copy_IsPutInItsTargetsFormat()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("one two three four five six"));
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Provider("p1", primary.Address),
            new Resource<ProviderConfig>
            {
                ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = "fake" },
                Spec = new ProviderConfig { Vendor = "fake", Models = [new ProviderModelConfig { Name = "echo?dialect=anthropic_messages", Price = new ModelPriceConfig { InputPerMillion = 1, OutputPerMillion = 2 } }] },
            },
            Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }], Shadow = ShadowSetup.All with { Provider = "fake", Model = "echo?dialect=anthropic_messages" } }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));

        Assert.Equal(200, (await gateway.AskAsync(AskStream.Replace("hi", "one two three four five six", StringComparison.Ordinal))).Status);

        var (_, copies) = await gateway.EndAsync(1, 1);
        Assert.Equal((CallOutcome.Ok, 1m, "stop"), (copies[0].Outcome, copies[0].Shadow!.Similarity, copies[0].Shadow!.Finish));
        Assert.Equal((6, 6), (copies[0].Use!.InputTokens, copies[0].Use!.OutputTokens));
    }

    [Fact]
    public async Task ManyAtOnce_EachCopyIsOfItsOwnCall()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("a"));
        await using var shadow = await ChatUpstream.StartAsync(Says("a"));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow, s => s with { MaxConcurrent = 1000 });

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var i = 0; i < 10; i++) Assert.Equal(200, (await gateway.AskAsync(Ask.Replace("hi", $"{caller}/{i} {new string('x', 100 * caller)}", StringComparison.Ordinal))).Status);
        }));

        await gateway.EndAsync(160, 160);
        Assert.Equal(primary.Bodies.Select(b => b.Replace("m-p1", "s", StringComparison.Ordinal)).Order(StringComparer.Ordinal), shadow.Bodies.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Tools_AreComparedByTheirNames()
    {
        const string asks = """{"model":"fast","messages":[{"role":"user","content":"pay"}],"tools":[{"type":"function","function":{"name":"pay","parameters":{"type":"object"}}}]}""";
        await using var primary = await ChatUpstream.StartAsync(Calls("pay", """{\"a\":1}"""));
        await using var shadow = await ChatUpstream.StartAsync(Calls("pay", """{\"a\":2}"""), Calls("refund", "{}"), Says("no"));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow);

        for (var i = 1; i <= 3; i++)
        {
            Assert.Equal(200, (await gateway.AskAsync(asks)).Status);
            await gateway.EndAsync(i, i);
        }

        Assert.Equal([true, false, false], (await gateway.EndAsync(3, 3)).Copies.Select(c => c.Shadow!.SameTools));
    }

    [Fact]
    public async Task Schema_IsCheckedWhereOneIsAskedFor()
    {
        const string asks = """{"model":"fast","messages":[{"role":"user","content":"x"}],"response_format":{"type":"json_schema","json_schema":{"name":"n","schema":{"type":"object","properties":{"n":{"type":"integer"}},"required":["n"]}}}}""";
        await using var primary = await ChatUpstream.StartAsync(Says("""{\"n\":1}"""));
        await using var shadow = await ChatUpstream.StartAsync(Says("""{\"n\":\"one\"}"""), Says("""{\"n\":2}"""));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow);

        for (var i = 1; i <= 2; i++)
        {
            Assert.Equal(200, (await gateway.AskAsync(asks)).Status);
            await gateway.EndAsync(i, i);
        }

        Assert.Equal([(false, true), (true, true)], (await gateway.EndAsync(2, 2)).Copies.Select(c => (c.Shadow!.SchemaValid, c.Shadow!.PrimarySchemaValid)));
    }

    [Fact]
    public async Task Guardrails_TheCopyIsSentWhatThePrimaryWasSent_AndNothingThatWasRefused()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("ok"));
        await using var shadow = await ChatUpstream.StartAsync(Says("ok"));
        var guardrail = new GuardrailConfig { Detect = [GuardSetup.Email(GuardAction.Tokenise)], MaxRequestLength = 100 };
        await using var gateway = await TestGateway.StartAsync(ShadowSetup.Document(primary, shadow, model: m => m with { Guardrails = ["pii"] }, more: GuardSetup.Guardrail("pii", guardrail)));

        Assert.Equal(200, (await gateway.AskAsync(GuardSetup.Chat("write to ada@example.com"))).Status);
        Assert.Equal(400, (await gateway.AskAsync(GuardSetup.Chat(new string('x', 500)))).Status);

        await gateway.EndAsync(2, 1);
        Assert.Equal((1, 1), (primary.Calls, shadow.Calls));
        Assert.DoesNotContain("ada@", shadow.Bodies[0], StringComparison.Ordinal);
        Assert.Equal(primary.Bodies[0].Replace("m-p1", "s", StringComparison.Ordinal), shadow.Bodies[0]);
    }

    [Fact]
    public async Task ShadowIsDown_NobodyElseLearnsOfIt_AndItIsLeftAloneForAWhile()
    {
        await using var upstream = await ChatUpstream.StartAsync(async context =>
        {
            var model = JsonNode.Parse((string)context.Items["body"]!)!["model"]!.GetValue<string>();
            await (model == "s" ? Fails(((ChatUpstream)context.Items["upstream"]!).Calls > 4 ? 500 : 403)(context) : Says("well")(context));
        });
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            ShadowSetup.Priced(Provider("p1", upstream.Address, "key-one")),
            Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m" }], Shadow = ShadowSetup.All with { Provider = "p1" } }),
            Model("same", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "s" }], MaxAttempts = 1 }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));
        using var dropped = new MetricTally(gateway.Get<Meter>(), ModelMetricNames.ShadowDropped);

        for (var i = 1; i <= 20; i++)
        {
            Assert.Equal(200, (await gateway.AskAsync(Ask)).Status); // the key is not out: the shadow's 403s were the shadow's
            while ((await gateway.EndAsync(i, 0)).Copies.Count + dropped.Total < i) await Task.Delay(5, Cancel);
        }

        Assert.InRange(gateway.Calls.Records.Count(r => r.Shadow is not null), 10, 19); // until its own breaker opened
        Assert.Equal("service=fast,reason=target_down", Assert.Single(dropped.ByTags).Key);
        var before = upstream.Calls;
        Assert.Equal(500, (await gateway.AskAsync(Ask.Replace("fast", "same", StringComparison.Ordinal))).Status);
        Assert.Equal(before + 1, upstream.Calls); // the breaker of the same model as a target is closed
        Assert.All(gateway.Get<Tidegate.Core.Ports.INodeStatus>().Destinations, d => Assert.Equal("closed", d.Breaker));
    }

    [Fact]
    public async Task Share_OfTheCalls_ByChanceThatCanBeRepeated()
    {
        await using var primary = await ChatUpstream.StartAsync(Says("a"));
        await using var shadow = await ChatUpstream.StartAsync(Says("a"));
        // The first of two draws is the trace's.
        var setup = new TestGateway.Setup { Random = new TestRandom().Then(0.5, 0.09, 0.5, 0.5, 0.5, 0.1, 0.5, 0.0999) };
        await using var gateway = await TestGateway.StartAsync(setup, ShadowSetup.Document(primary, shadow, s => s with { Share = 0.1 }));

        for (var i = 0; i < 4; i++) Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);

        Assert.Equal([true, false, false, true], (await gateway.EndAsync(4, 2)).Calls.Select(c => c.Why.Length > 0));
    }

    [Fact]
    public async Task OtherOperations_AreNotMirrored()
    {
        await using var primary = await ChatUpstream.StartAsync(Json(200, """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1]}],"model":"m","usage":{"prompt_tokens":1,"total_tokens":1}}"""));
        await using var shadow = await ChatUpstream.StartAsync(Says("a"));
        await using var gateway = await ShadowSetup.StartAsync(primary, shadow);

        Assert.Equal(200, (await gateway.AskAsync("""{"model":"fast","input":"a"}""", "/v1/embeddings")).Status);

        Assert.Equal("", (await gateway.EndAsync(1, 0)).Calls[0].Why);
        Assert.Equal(0, shadow.Calls);
    }

    private static Func<HttpContext, Task> Calls(string name, string arguments) => Json(200, $$$"""
        {"id":"c1","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":null,"tool_calls":[{"id":"t1","type":"function","function":{"name":"{{{name}}}","arguments":"{{{arguments}}}"}}]},"finish_reason":"tool_calls"}],"usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}
        """);

    // Status, headers and bytes; what is of the one call is left out.
    private static async Task<string> AllAsync(TestGateway gateway, string path, string request)
    {
        using var answer = await gateway.PostAsync(request, path);
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("X-Tidegate-Call-Id" or "Date")).Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order(StringComparer.Ordinal);
        var id = answer.Headers.GetValues("X-Tidegate-Call-Id").Single();
        return $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n\n{(await answer.Content.ReadAsStringAsync(Cancel)).Replace(id, "ID", StringComparison.Ordinal)}";
    }
}
