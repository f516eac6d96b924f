using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.AnthropicMessages;

namespace Tidegate.Models.Tests.Formats.AnthropicMessages;

public sealed class AnthropicAnswerTests
{
    private static readonly AnthropicMessagesFormat Format = new();

    [Fact]
    public void ReadAnswer_WithEverything_GivesNeutralParts()
    {
        var answer = Format.ReadAnswer(FormatRun.Json(FormatRun.FixtureText("AnthropicMessages/answer.json")));

        Assert.Equal(new Usage { Input = 4320, CachedInput = 4000, CacheWrite = 300, Output = 150, Reasoning = 90 }, answer.Usage);
        Assert.Equal([typeof(ReasoningPart), typeof(ReasoningPart), typeof(TextPart), typeof(ToolCallPart)], answer.Choices[0].Parts.Select(p => p.GetType()));
        Assert.Equal(FinishReason.ToolCalls, answer.Choices[0].Finish.Reason);
        Assert.Equal(new Citation("https://example.test/t", "Tides", "twelve metres"), Assert.Single(((TextPart)answer.Choices[0].Parts[2]).Citations));
    }

    [Fact]
    public void Answer_WrittenAndReadAgain_IsTheSame()
    {
        var answer = Format.ReadAnswer(FormatRun.Json(FormatRun.FixtureText("AnthropicMessages/answer.json")));
        var text = FormatRun.Text(json => Format.WriteAnswer(answer, FormatRun.Context, json));

        FormatRun.SameAnswer(answer, Format.ReadAnswer(FormatRun.Json(text)));
        Assert.Contains("\"model\":\"alias\"", text, StringComparison.Ordinal);
        Assert.Contains("\"input_tokens\":20,", text, StringComparison.Ordinal);
        Assert.Contains("\"signature\":\"c2ln\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("end_turn", FinishReason.Stop, "end_turn")]
    [InlineData("stop_sequence", FinishReason.Stop, "stop_sequence")]
    [InlineData("max_tokens", FinishReason.Length, "max_tokens")]
    [InlineData("model_context_window_exceeded", FinishReason.Length, "max_tokens")]
    [InlineData("tool_use", FinishReason.ToolCalls, "tool_use")]
    [InlineData("pause_turn", FinishReason.Pause, "pause_turn")]
    [InlineData("refusal", FinishReason.Refusal, "refusal")]
    [InlineData("tomorrows_word", FinishReason.Other, "max_tokens")]
    public void StopReason_EveryWord_IsRead(string word, FinishReason reason, string back)
    {
        var answer = Format.ReadAnswer(FormatRun.Json($$"""{"content":[],"stop_reason":"{{word}}","stop_sequence":{{(word == "stop_sequence" ? "\"END\"" : "null")}}}"""));

        Assert.Equal(reason, answer.Choices[0].Finish.Reason);
        Assert.Contains($"\"stop_reason\":\"{back}\"", FormatRun.Text(json => Format.WriteAnswer(answer, FormatRun.Context, json)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"content":"x"}""")]
    public void ReadAnswer_OfNoAnswer_IsTheProvidersFault(string text)
    {
        Assert.Throws<FormatException>(() => Format.ReadAnswer(FormatRun.Json(text)));
    }

    [Theory]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"max_tokens: required"}}""", ModelErrorKind.InvalidRequest)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"prompt is too long: 210000 tokens > 200000 maximum"}}""", ModelErrorKind.ContextLength)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Your credit balance is too low"}}""", ModelErrorKind.Billing)]
    [InlineData(400, """{"type":"error","error":{"type":"invalid_request_error","message":"Output blocked by content filtering policy"}}""", ModelErrorKind.ContentFilter)]
    [InlineData(401, """{"type":"error","error":{"type":"authentication_error","message":"x"}}""", ModelErrorKind.Authentication)]
    [InlineData(402, """{"type":"error","error":{"type":"billing_error","message":"x"}}""", ModelErrorKind.Billing)]
    [InlineData(403, """{"type":"error","error":{"type":"permission_error","message":"x"}}""", ModelErrorKind.Permission)]
    [InlineData(404, """{"type":"error","error":{"type":"not_found_error","message":"x"}}""", ModelErrorKind.NotFound)]
    [InlineData(413, """{"type":"error","error":{"type":"request_too_large","message":"x"}}""", ModelErrorKind.InvalidRequest)]
    [InlineData(429, """{"type":"error","error":{"type":"rate_limit_error","message":"x"}}""", ModelErrorKind.RateLimit)]
    [InlineData(500, """{"type":"error","error":{"type":"api_error","message":"x"}}""", ModelErrorKind.Server)]
    [InlineData(504, """{"type":"error","error":{"type":"timeout_error","message":"x"}}""", ModelErrorKind.Timeout)]
    [InlineData(529, """{"type":"error","error":{"type":"overloaded_error","message":"x"}}""", ModelErrorKind.Overloaded)]
    [InlineData(529, "", ModelErrorKind.Overloaded)]
    [InlineData(502, "<html><title>Bad gateway</title></html>", ModelErrorKind.Server)]
    [InlineData(429, """{"type":"error","err""", ModelErrorKind.RateLimit)]
    [InlineData(403, """{"message":"The security token is invalid"}""", ModelErrorKind.Permission)]
    public void ReadError_OfAnyContent_TellsItsKind(int status, string body, ModelErrorKind kind)
    {
        var error = Format.ReadError(status, Encoding.UTF8.GetBytes(body));

        Assert.Equal(kind, error.Kind);
        Assert.Equal(status, error.Status);
        Assert.NotEmpty(error.Message);
    }

    [Theory]
    [InlineData(ModelErrorKind.InvalidRequest, 400, 400, "invalid_request_error")]
    [InlineData(ModelErrorKind.InvalidRequest, 413, 413, "request_too_large")]
    [InlineData(ModelErrorKind.ContextLength, 400, 400, "invalid_request_error")]
    [InlineData(ModelErrorKind.ContentFilter, 0, 400, "invalid_request_error")]
    [InlineData(ModelErrorKind.Authentication, 401, 401, "authentication_error")]
    [InlineData(ModelErrorKind.Billing, 429, 402, "billing_error")]
    [InlineData(ModelErrorKind.Permission, 403, 403, "permission_error")]
    [InlineData(ModelErrorKind.NotFound, 404, 404, "not_found_error")]
    [InlineData(ModelErrorKind.RateLimit, 429, 429, "rate_limit_error")]
    [InlineData(ModelErrorKind.Overloaded, 503, 529, "overloaded_error")]
    [InlineData(ModelErrorKind.Timeout, 408, 504, "timeout_error")]
    [InlineData(ModelErrorKind.Server, 502, 502, "api_error")]
    [InlineData(ModelErrorKind.Server, 0, 502, "api_error")]
    public void WriteError_EveryKind_HasItsTypeAndStatus(ModelErrorKind kind, int status, int expected, string type)
    {
        var error = new ModelError(kind, status, "m");

        Assert.Equal(expected, Format.StatusOf(error));
        FormatRun.SameJson($$$"""{"type":"error","error":{"type":"{{{type}}}","message":"m"}}""", FormatRun.Text(json => Format.WriteError(error, json)));
    }
}
