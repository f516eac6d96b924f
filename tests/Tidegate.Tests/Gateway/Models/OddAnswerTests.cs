using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Models.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Answers no documentation promises, and what callers see of them.</summary>
public sealed class OddAnswerTests
{
    private const string Messages = """{"model":"fast","max_tokens":9,"messages":[{"role":"user","content":"hi"}]}""", MessagesStream = """{"model":"fast","max_tokens":9,"stream":true,"messages":[{"role":"user","content":"hi"}]}""";

    [Theory]
    [InlineData("/v1/chat/completions")]
    [InlineData("/v1/messages")]
    public async Task Redirect_IsABadGateway_NotAFaultOfOurs(string path)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(302, "", ("Location", "http://127.0.0.1:1/")));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, upstream);

        Assert.Equal(502, (await gateway.AskAsync(Messages, path)).Status);
    }

    // OpenRouter does this.
    [Fact]
    public async Task ErrorWithStatus200_IsJudgedByWhatItSays_AndTold()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, """{"error":{"code":429,"message":"slow down, please"}}"""));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, upstream);

        var (status, body) = await gateway.AskAsync(Ask);

        Assert.Equal(429, status);
        Assert.Contains("slow down, please", body, StringComparison.Ordinal);
        Assert.Equal("an error in the answer: RateLimit", (await gateway.Calls.NextAsync()).Attempt(0).Error);
    }

    [Fact]
    public async Task Error_ThatEchoesAKey_IsToldWithoutIt()
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(400, """{"error":{"message":"no such thing for sk-abcdef0123456789","type":"invalid_request_error","code":"some_code"}}"""));
        await using var gateway = await StartAsync(upstream);

        var (status, body) = await gateway.AskAsync(Ask);

        Assert.Equal(400, status);
        Assert.DoesNotContain("abcdef", body, StringComparison.Ordinal);
        Assert.Equal("some_code", JsonNode.Parse(body)!["error"]!["code"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("")]
    [InlineData(",\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":-7}")]
    [InlineData(",\"usage\":{\"prompt_tokens\":\"7\"}")]
    public async Task Semantics2_9_NoUsageFromTheProvider_TheCallerIsToldWhatIsBilled(string usage)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, $$"""{"id":"c","model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"one two three"},"finish_reason":"stop"}]{{usage}}}"""));
        await using var gateway = await StartAsync(upstream);

        var told = JsonNode.Parse((await gateway.AskAsync(Messages, "/v1/messages")).Body)!["usage"]!;

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.True(use.Estimated);
        Assert.Equal((use.InputTokens, use.OutputTokens), (told["input_tokens"]!.GetValue<long>(), told["output_tokens"]!.GetValue<long>()));
        Assert.Equal(3, use.OutputTokens);
    }

    [Theory]
    [InlineData("")]
    [InlineData("data: {\"choices\":[],\"usage\":{\"prompt_tokens\":-5,\"completion_tokens\":-7}}\n\n")]
    public async Task Semantics2_9_NoUsageInAStream_TheCallerIsToldWhatIsBilled(string usage)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("one two three"), Stop, usage, Done));
        await using var gateway = await StartAsync(upstream);

        var body = (await gateway.AskAsync(MessagesStream, "/v1/messages")).Body;

        var use = (await gateway.Calls.NextAsync()).Use!;
        Assert.True(use.Estimated);
        Assert.True(use is { InputTokens: > 0, OutputTokens: 3 });
        Assert.Contains($"\"input_tokens\":{use.InputTokens},", body, StringComparison.Ordinal);
        Assert.Contains("\"output_tokens\":3", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/v1/chat/completions", Cut)]
    [InlineData("/v1/chat/completions", "")]
    [InlineData("/v1/chat/completions", Done)]
    [InlineData("/v1beta/models/fast:streamGenerateContent?alt=sse", Cut)]
    [InlineData("/v1beta/models/fast:streamGenerateContent?alt=sse", "")]
    public async Task Semantics2_5_SeveralAnswers_OneOfThemBrokenOff_IsNoCleanEnd(string path, string end)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Choice(0, "a"), Choice(1, "b"), Choice(0, null), Choice(1, "c"), Gate, end));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, upstream);

        var (_, body) = await gateway.AskAsync(path.StartsWith("/v1beta", StringComparison.Ordinal) ? """{"contents":[{"parts":[{"text":"hi"}]}],"generationConfig":{"candidateCount":2}}""" : """{"model":"fast","n":2,"stream":true,"messages":[]}""", upstream, path);

        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task Semantics2_7_SeveralAnswers_AllEnded_IsSuccess()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Choice(0, "a"), Choice(1, "b"), Choice(0, null), Choice(1, null)));
        await using var gateway = await StartAsync(upstream);

        var (_, body) = await gateway.AskAsync("""{"model":"fast","n":2,"stream":true,"messages":[]}""");

        Assert.EndsWith(Done, body, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    // Anthropic's SDK takes a message without it for none.
    [Fact]
    public async Task Semantics2_7_NoTerminatorFromAnthropic_TheCallerGetsIt()
    {
        const string Stream =
            "event: message_start\ndata: {\"type\":\"message_start\",\"message\":{\"id\":\"m\",\"type\":\"message\",\"role\":\"assistant\",\"model\":\"m\",\"content\":[],\"usage\":{\"input_tokens\":1,\"output_tokens\":1}}}\n\n"
            + "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"x\"}}\n\n"
            + "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n"
            + "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"},\"usage\":{\"output_tokens\":2}}\n\n";
        const string Stop = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
        foreach (var sent in new[] { Stream, Stream + Stop })
        {
            await using var upstream = await ChatUpstream.StartAsync(Streams(sent));
            await using var gateway = await StartAsync("anthropic", upstream);

            Assert.Equal(Stream + Stop, (await gateway.AskAsync(MessagesStream, "/v1/messages")).Body);
            Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
        }
    }

    [Fact]
    public async Task Semantics2_9_NoUsageInAStreamThatPasses_NothingIsAddedToIt()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("one two three"), Stop, Done));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(Role + Content("one two three") + Stop + Done, (await gateway.AskAsync(AskStream)).Body);
        Assert.Equal((CallOutcome.Ok, true), (await gateway.Calls.NextAsync()) is var record ? (record.Outcome, record.Use!.Estimated) : default);
    }

    private static string Choice(int index, string? text) =>
        $"data: {{\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{{\"index\":{index},\"delta\":{(text is null ? "{}" : $"{{\"content\":\"{text}\"}}")},\"finish_reason\":{(text is null ? "\"stop\"" : "null")}}}]}}\n\n";
}
