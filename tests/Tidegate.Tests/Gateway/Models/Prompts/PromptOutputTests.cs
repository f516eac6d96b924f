using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Guardrails;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Tests.Gateway.Models.Bodies;
using Tidegate.Tests.Gateway.Models.Guarding;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Prompts.PromptSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Prompts;

/// <summary>Answers of a shape, and what guardrails and caches make of prompts.</summary>
public sealed class PromptOutputTests
{
    private const string Good = "{\\\"n\\\":7}", Bad = "{\\\"n\\\":\\\"x\\\"}";
    private const string Ticket = """{"ticket":"x"}""";

    private static PromptVersionConfig Shaped => Version() with { Output = JsonDocument.Parse(Schema).RootElement };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WrongShape_IsNotShown_AndAskedForOnceMore_WithoutAnyGuardrail(bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says(Bad), Says(Good));
        await using var gateway = await StartAsync(Prompt(Shaped), upstream);

        var (status, body) = await gateway.AskAsync(stream ? """{"ticket":"x","stream":true}""" : Ticket, At);

        Assert.True(status == 200, body);
        var answer = JsonNode.Parse(stream ? body[(body.LastIndexOf("data: ", StringComparison.Ordinal) + 6)..] : body)!;
        Assert.Equal("""{"n":7}""", answer["output"]!.ToJsonString());
        Assert.DoesNotContain("x\\", body, StringComparison.Ordinal);
        Assert.Equal("json_schema", (string?)JsonNode.Parse(upstream.Bodies[0])!["response_format"]!["type"]);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Schema), JsonNode.Parse(upstream.Bodies[0])!["response_format"]!["json_schema"]!["schema"]));
        Assert.Contains("$.n must be integer", upstream.Bodies[1], StringComparison.Ordinal);
        Assert.Equal((CallOutcome.Ok, 2), (await gateway.Calls.NextAsync()) is var r ? (r.Outcome, r.AttemptCount) : default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WrongShapeTwice_IsAProblem(bool stream)
    {
        await using var upstream = await ChatUpstream.StartAsync(Says(Bad));
        await using var gateway = await StartAsync(Prompt(Shaped), upstream);

        var (status, body) = await gateway.AskAsync(stream ? """{"ticket":"x","stream":true}""" : Ticket, At);

        Assert.Equal((502, 2, "answer_invalid"), (status, upstream.Calls, (string?)JsonNode.Parse(body)!["title"]));
    }

    [Fact]
    public async Task Guardrails_SeeWhatWasRendered_AndTheOutputIsWhatTheyLeave()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("{\\\"n\\\":7,\\\"name\\\":\\\"bob@example.com\\\"}"));
        await using var gateway = await StartAsync(
            Prompt(Shaped), upstream, m => m with { Guardrails = ["pii"] }, GuardSetup.Guardrail("pii", new GuardrailConfig { Detect = [GuardSetup.Email(GuardAction.Mask)] }));

        var (status, body) = await gateway.AskAsync("""{"ticket":"I am ada@example.com"}""", At);

        Assert.True(status == 200, body);
        Assert.DoesNotContain("example.com", body + upstream.Bodies[0], StringComparison.Ordinal);
        Assert.Equal("[email]", (string?)JsonNode.Parse(body)!["output"]!["name"]);
        Assert.Contains("I am [email]", upstream.Bodies[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Guardrails_PlaceholdersComeBack_InTextOutputAndStreams()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("{\\\"n\\\":7,\\\"to\\\":\\\"[email_1]\\\"}"));
        await using var gateway = await StartAsync(
            Prompt(Shaped), upstream, m => m with { Guardrails = ["pii"] }, GuardSetup.Guardrail("pii", new GuardrailConfig { Detect = [GuardSetup.Email(GuardAction.Tokenise)] }));

        var (_, whole) = await gateway.AskAsync("""{"ticket":"I am ada@example.com"}""", At);
        var (_, stream) = await gateway.AskAsync("""{"ticket":"I am ada@example.com","stream":true}""", At);

        Assert.DoesNotContain("example.com", string.Concat(upstream.Bodies), StringComparison.Ordinal);
        Assert.Equal("ada@example.com", (string?)JsonNode.Parse(whole)!["output"]!["to"]);
        Assert.Equal("ada@example.com", (string?)JsonNode.Parse(stream[(stream.LastIndexOf("data: ", StringComparison.Ordinal) + 6)..])!["output"]!["to"]);
    }

    [Fact]
    public async Task Guardrails_ThatBlock_AreAProblem()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(
            Prompt(Version()), upstream, m => m with { Guardrails = ["pii"] }, GuardSetup.Guardrail("pii", new GuardrailConfig { Detect = [GuardSetup.Email(GuardAction.Block)] }));

        var (status, body) = await gateway.AskAsync("""{"ticket":"I am ada@example.com"}""", At);

        Assert.Equal((400, "guardrail_blocked", 0), (status, (string?)JsonNode.Parse(body)!["title"], upstream.Calls));
    }

    [Fact]
    public async Task Cache_KeepsAnswers_AndVersionsApart()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("first"), Says("second"), Says("third"));
        await using var gateway = await StartAsync(
            Prompt(Version("1") with { Temperature = 0 }, Version("2") with { Temperature = 0 }), upstream, m => m with { Cache = new AnswerCacheConfig { Scope = AnswerCacheScope.Everyone } });

        var first = await gateway.AskAsync(Ticket, At);
        Assert.Equal(first, await gateway.AskAsync("""{ "urgency": null, "ticket": "x" }""", At));
        Assert.Equal(1, upstream.Calls);
        Assert.Contains("\"version\":\"2\"", (await gateway.AskAsync(Ticket, At + "/versions/2")).Body, StringComparison.Ordinal);
        Assert.Equal(2, upstream.Calls);
        Assert.Equal((0m, "triage"), (await gateway.Calls.WaitForAsync(3))[1] is var hit ? (hit.Use!.Cost!.Value, hit.Prompt) : default);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Bodies_AreWhatWasRenderedAndAnswered_WithoutSecrets(bool stream)
    {
        const string key = "sk-abcdefghijklmnop1234567890";
        var bodies = new CollectingBodies();
        await using var upstream = await ChatUpstream.StartAsync(stream ? Streams(Role, Content("key " + key[..15]), Content(key[15..] + " end"), Stop, Usage(1, 1), Done) : Says($"key {key} end"));
        await using var gateway = await TestGateway.StartAsync(
            new TestGateway.Setup { Services = s => s.AddSingleton<IBodySink>(bodies) }, Document(Prompt(Version()), upstream, m => m with { Bodies = new BodiesConfig { Keep = BodiesKeep.All } }));

        await gateway.AskAsync(stream ? $$"""{"ticket":"mine is {{key}}","stream":true}""" : $$"""{"ticket":"mine is {{key}}"}""", At);
        var (request, answer, _) = await bodies.NextAsync();

        Assert.Contains("\"content\":\"mine is ", request.Text, StringComparison.Ordinal);
        Assert.Contains("\"text\":\"key ", answer.Text, StringComparison.Ordinal);
        Assert.Contains("end\"", answer.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("klmnop1234567890", request.Text + answer.Text, StringComparison.Ordinal);
    }
}
