using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>A whole answer that does not say why it ended was cut off (semantics 2.7): a failure that may be tried elsewhere, never a clean end.</summary>
public sealed class CutOffAnswerTests
{
    private const string Par = """{"id":"c","object":"chat.completion","created":1,"model":"m","choices":[{"index":0,"message":{"role":"assistant","content":"par"},"finish_reason":null}],"usage":{"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}""";

    [Theory]
    [InlineData("/v1/chat/completions", Ask)]
    [InlineData("/v1/chat/completions", AskStream)]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":5,"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("/v1/messages", """{"model":"fast","max_tokens":5,"stream":true,"messages":[{"role":"user","content":"hi"}]}""")]
    [InlineData("/v1/responses", """{"model":"fast","input":"hi"}""")]
    public async Task Semantics2_7_Whole_WithoutAReason_IsTriedElsewhere(string path, string body)
    {
        await using var first = await ChatUpstream.StartAsync(Json(200, Par));
        await using var second = await ChatUpstream.StartAsync(Says("whole"));
        await using var gateway = await StartAsync(first, second);

        var (status, answer) = await gateway.AskAsync(body, path);

        Assert.Equal((200, 1, 1), (status, first.Calls, second.Calls));
        Assert.Contains("whole", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("par\"", answer, StringComparison.Ordinal);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, CallOutcome.UpstreamError), (record.Outcome, record.Attempt(0).Outcome));
        Assert.Equal("the answer does not say why it ended: it was cut off", record.Attempt(0).Error);
    }

    [Theory]
    [InlineData(Ask)]
    [InlineData(AskStream)]
    public async Task Semantics2_7_Whole_NobodyElse_IsAnError(string body)
    {
        await using var upstream = await ChatUpstream.StartAsync(Json(200, Par));
        await using var gateway = await StartAsync(m => m with { MaxAttempts = 1 }, upstream);

        var (status, answer) = await gateway.AskAsync(body);

        Assert.Equal(502, status);
        Assert.StartsWith("{\"error\":{\"message\":\"The answer of the model broke off. (call ", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", answer, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.UpstreamError, (await gateway.Calls.NextAsync()).Outcome);
    }
}
