using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Tests.Gateway.Models.Guarding;
using Tidegate.Tests.Gateway.Models.Shadows;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Prompts.PromptSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Prompts;

/// <summary>Prompts beside what else an alias may have: shadow traffic, outside guards, a cache.</summary>
public sealed class PromptNeighboursTests
{
    private const string Ticket = """{"ticket":"It is broken.","urgency":2}""", TicketStream = """{"ticket":"It is broken.","urgency":2,"stream":true}""";

    [Theory]
    [InlineData(Ticket)]
    [InlineData(TicketStream)]
    public async Task Shadow_GetsWhatThePromptWasRenderedTo_AndItsAnswerIsNotShown(string values)
    {
        await using var primary = await ChatUpstream.StartAsync(Says("billing", input: 20, output: 2));
        await using var shadow = await ChatUpstream.StartAsync(Says("billing team", input: 20, output: 3));
        await using var gateway = await StartAsync(Prompt(Version()), primary, m => m with { Shadow = ShadowSetup.All }, ShadowSetup.Priced(ModelSetup.Provider("p2", shadow.Address)));

        var (status, body) = await gateway.AskAsync(values, At);

        Assert.True(status == 200, body);
        Assert.Contains("billing", body, StringComparison.Ordinal);
        Assert.DoesNotContain("team", body, StringComparison.Ordinal);
        var (calls, copies) = await gateway.EndAsync(1, 1);
        var (call, copy) = (Assert.Single(calls), Assert.Single(copies));
        Assert.Equal(("triage", "1", "shadow: p2/s"), (call.Prompt, call.Version, call.Why));
        Assert.Equal(("shadow", "fast", "p2/s", CallOutcome.Ok, call.Id, 0.666m), (copy.Kind, copy.Service, copy.Destination, copy.Outcome, copy.Shadow!.Of, copy.Shadow.Similarity));
        Assert.Equal(
            """[{"role":"system","content":"Sort tickets."},{"role":"user","content":"It is broken. (urgent)"}]""", JsonNode.Parse(Assert.Single(shadow.Bodies))!["messages"]!.ToJsonString());
    }

    [Fact]
    public async Task Webhook_SeesTheMessages_AndTheAnswer_AndMayChangeBoth()
    {
        await using var guard = await GuardPeer.StartAsync(GuardPeer.Replaces(1, "It is [cut]."), GuardPeer.Replaces(0, "support"));
        await using var upstream = await ChatUpstream.StartAsync(Says("billing", input: 20, output: 2));
        await using var gateway = await StartAsync(
            Prompt(Version()), upstream, m => m with { Guardrails = ["house"] }, GuardSetup.Guardrail("house", guard.Guardrail(h => h with { On = GuardDirection.Both })));

        var (status, body) = await gateway.AskAsync(Ticket, At);

        Assert.True(status == 200, body);
        Assert.Equal("support", (string?)JsonNode.Parse(body)!["text"]);
        Assert.Equal("""[{"role":"system","content":"Sort tickets."},{"role":"user","content":"It is [cut]."}]""", JsonNode.Parse(upstream.Bodies.Single())!["messages"]!.ToJsonString());
        Assert.Equal(
            ["request:Sort tickets.|It is broken. (urgent)", "answer:billing"],
            guard.Questions.Select(q => $"{q["direction"]}:{string.Join('|', q["segments"]!.AsArray().Select(s => s!["text"]))}"));
        Assert.Equal("triage", (await gateway.Calls.NextAsync()).Prompt);
    }

    [Fact]
    public async Task Webhook_ThatBlocks_IsAProblem_AndNobodyIsAsked()
    {
        await using var guard = await GuardPeer.StartAsync(GuardPeer.Blocks("not on Sundays"));
        await using var upstream = await ChatUpstream.StartAsync(Says("billing"));
        await using var gateway = await StartAsync(Prompt(Version()), upstream, m => m with { Guardrails = ["house"] }, GuardSetup.Guardrail("house", guard.Guardrail()));

        using var answer = await gateway.PostAsync(Ticket, At);
        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;

        Assert.Equal((400, "application/problem+json"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("not on Sundays", (string)problem["detail"]!, StringComparison.Ordinal);
        Assert.Equal(0, upstream.Calls);
        Assert.Equal(("triage", CallOutcome.Forbidden), (await gateway.Calls.NextAsync()) is var r ? (r.Prompt, r.Outcome) : default);
    }

    [Theory]
    [InlineData(Ticket)]
    [InlineData(TicketStream)]
    public async Task Cached_IsCountedForItsAlias_AsAHit_AndUsesNothing(string values)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("billing", input: 20, output: 2));
        await using var gateway = await StartAsync(
            Prompt(Version() with { Temperature = 0 }), upstream, m => m with { Cache = new AnswerCacheConfig { Scope = AnswerCacheScope.Everyone } });

        var first = await AskAsync(gateway, values);
        var before = MetricReading.Of(gateway.Get<Meter>(), "tidegate_model_tokens_total");
        var (body, record) = await AskAsync(gateway, values);

        Assert.Equal(first.Body, body);
        Assert.Equal(("triage", "1", "fast", CallFacts.CacheHit, 0m, 0), (record.Prompt, record.Version, record.Service, record.Facts, record.Use!.Cost, record.AttemptCount));
        Assert.Equal(before, MetricReading.Of(gateway.Get<Meter>(), "tidegate_model_tokens_total"));
        var seen = MetricReading.Of(gateway.Get<Meter>(), "tidegate_model_cache");
        Assert.Equal((1, 1), (seen["tidegate_model_cache_calls_total{result=hit,service=fast}"], seen["tidegate_model_cache_calls_total{result=miss,service=fast}"]));
        Assert.Equal(2, MetricReading.Of(gateway.Get<Meter>(), "tidegate_calls_total").Where(m => m.Key.Contains("service=fast", StringComparison.Ordinal) && m.Key.Contains("route=models", StringComparison.Ordinal)).Sum(m => m.Value));
        Assert.Equal(1, upstream.Calls);
    }

    private static async Task<(string Body, CallRecord Record)> AskAsync(TestGateway gateway, string values) => ((await gateway.AskAsync(values, At)).Body, await gateway.Calls.NextAsync());
}
