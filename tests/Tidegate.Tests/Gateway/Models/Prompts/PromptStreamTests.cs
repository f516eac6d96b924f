using System.Text;
using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using static Tidegate.Tests.Gateway.Models.Prompts.PromptSetup;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;

namespace Tidegate.Tests.Gateway.Models.Prompts;

/// <summary>Answers of prompts as events.</summary>
public sealed class PromptStreamTests
{
    private const string Expected = """
        event: delta
        data: {"text":"Hel"}

        event: delta
        data: {"text":"lo ü"}

        event: done
        data: {"prompt":"triage","version":"1","model":"fast","finishReason":"stop","usage":{"inputTokens":20,"cachedInputTokens":0,"outputTokens":2,"reasoningTokens":0,"estimated":false},"cost":{"amount":0.000060,"currency":"USD"}}


        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stream_AskedForInTheBodyOrByAccept_IsDeltasAndTheRest(bool inBody)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hel"), Content("lo ü"), Stop, Usage(20, 2), Done));
        await using var gateway = await StartAsync(Prompt(Version()), upstream);

        using var answer = await gateway.SendAsync(
            HttpMethod.Post, At, h => h.Add("Accept", inBody ? "*/*" : "text/event-stream"), new StringContent(inBody ? """{"ticket":"x","stream":true}""" : """{"ticket":"x"}""", Encoding.UTF8, "application/json"));

        Assert.Equal("text/event-stream", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal(Expected, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.True((bool)JsonNode.Parse(upstream.Bodies.Single())!["stream"]!);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(("triage", CallOutcome.Ok, 0.00006m), (record.Prompt, record.Outcome, record.Use!.Cost!.Value));
    }

    [Fact]
    public async Task Stream_ThatIsDeclined_IsAWholeAnswer()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("yes"));
        await using var gateway = await StartAsync(Prompt(Version()), upstream);

        using var answer = await gateway.SendAsync(HttpMethod.Post, At, h => h.Add("Accept", "text/event-stream"), new StringContent("""{"ticket":"x","stream":false}"""));

        Assert.Equal("application/json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Stream_ComesAsItIsSaid()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("first"), Gate, Content("second"), Stop, Usage(1, 1), Done));
        await using var gateway = await StartAsync(Prompt(Version()), upstream);

        var (status, body) = await gateway.AskAsync("""{"ticket":"x","stream":true}""", upstream, At); // opens the gate when the headers are there

        Assert.Equal((200, true), (status, body.Contains("second", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Stream_ThatBreaks_EndsInAProblemAndNotClean()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("Hel"), Gate, Cut));
        await using var gateway = await StartAsync(Prompt(Version()), upstream);

        var (status, body) = await gateway.AskAsync("""{"ticket":"x","stream":true}""", upstream, At);

        Assert.Equal(200, status);
        Assert.StartsWith("event: delta\ndata: {\"text\":\"Hel\"}\n\nevent: error\ndata: {\"type\":\"https://tidegate.dev/problems/", body, StringComparison.Ordinal);
        Assert.DoesNotContain("event: done", body, StringComparison.Ordinal);
        Assert.Contains("\"callId\":", body, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task Stream_ThatFailsBeforeItsFirstWord_GoesToTheNextTargetUnseen()
    {
        await using var broken = await ChatUpstream.StartAsync(Streams(Role, Error));
        await using var good = await ChatUpstream.StartAsync(Streams(Role, Content("fine"), Stop, Usage(1, 1), Done));
        await using var gateway = await StartAsync(
            Prompt(Version()), broken, m => m with { Targets = [.. m.Targets, new TargetConfig { Provider = "p2", Model = "m-p2" }] }, ModelSetup.Provider("p2", good.Address));

        var (status, body) = await gateway.AskAsync("""{"ticket":"x","stream":true}""", At);

        Assert.Equal(200, status);
        Assert.Contains("fine", body, StringComparison.Ordinal);
        Assert.Contains("\"cost\":null", body, StringComparison.Ordinal); // nobody knows the price of m-p2
    }
}
