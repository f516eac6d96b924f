using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.Gemini;

namespace Tidegate.Models.Tests.Formats.Gemini;

public sealed class GeminiAnswerTests
{
    private static readonly GeminiFormat Format = new();

    [Fact]
    public void ReadAnswer_WithEverything_GivesNeutralParts()
    {
        var answer = Format.ReadAnswer(FormatRun.Json(FormatRun.FixtureText("Gemini/answer.json")));
        var choice = Assert.Single(answer.Choices);

        Assert.Equal(new Usage { Input = 105, CachedInput = 40, Output = 50, Reasoning = 30, AudioInput = 10 }, answer.Usage);
        Assert.Equal([typeof(ReasoningPart), typeof(TextPart), typeof(ToolCallPart), typeof(ToolCallPart)], choice.Parts.Select(p => p.GetType()));
        Assert.Equal(FinishReason.ToolCalls, choice.Finish.Reason);
        Assert.Equal("tgGeY2FsbA==", ((ToolCallPart)choice.Parts[2]).Signature);
        Assert.NotEqual(((ToolCallPart)choice.Parts[2]).Id, ((ToolCallPart)choice.Parts[3]).Id);
        Assert.Equal(2, Assert.Single(choice.Logprobs).Top.Count);
    }

    [Fact]
    public void Answer_WrittenAndReadAgain_IsTheSame()
    {
        var answer = Format.ReadAnswer(FormatRun.Json(FormatRun.FixtureText("Gemini/answer.json")));
        answer = answer with { Usage = answer.Usage! with { AudioInput = 0 } };
        var text = FormatRun.Text(json => Format.WriteAnswer(answer, FormatRun.Context, json));

        FormatRun.SameAnswer(answer, Format.ReadAnswer(FormatRun.Json(text)));
        Assert.Contains("\"thoughtSignature\":\"Y2FsbA==\"", text, StringComparison.Ordinal);
        Assert.Contains("\"modelVersion\":\"alias\"", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("STOP", FinishReason.Stop)]
    [InlineData("MAX_TOKENS", FinishReason.Length)]
    [InlineData("SAFETY", FinishReason.ContentFilter)]
    [InlineData("RECITATION", FinishReason.ContentFilter)]
    [InlineData("PROHIBITED_CONTENT", FinishReason.ContentFilter)]
    [InlineData("MALFORMED_FUNCTION_CALL", FinishReason.Other)]
    public void FinishReason_EveryWord_IsRead(string word, FinishReason reason)
    {
        var answer = Format.ReadAnswer(FormatRun.Json($$"""{"candidates":[{"finishReason":"{{word}}"}]}"""));

        Assert.Equal(reason, answer.Choices[0].Finish.Reason);
    }

    [Fact]
    public void ReadAnswer_PromptBlocked_IsAContentFilter()
    {
        var answer = Format.ReadAnswer(FormatRun.Json("""{"promptFeedback":{"blockReason":"SAFETY"},"usageMetadata":{"promptTokenCount":4,"totalTokenCount":4}}"""));

        Assert.Equal(FinishReason.ContentFilter, Assert.Single(answer.Choices).Finish.Reason);
        Assert.Equal(4, answer.Usage!.Input);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("""{"error":{"code":500,"message":"x"}}""")]
    public void ReadAnswer_OfNoAnswer_IsTheProvidersFault(string text)
    {
        Assert.Throws<FormatException>(() => Format.ReadAnswer(FormatRun.Json(text)));
    }

    [Theory]
    [InlineData(400, """{"error":{"code":400,"message":"Invalid value","status":"INVALID_ARGUMENT"}}""", ModelErrorKind.InvalidRequest)]
    [InlineData(400, """{"error":{"code":400,"message":"API key not valid. Please pass a valid API key.","status":"INVALID_ARGUMENT"}}""", ModelErrorKind.Authentication)]
    [InlineData(400, """{"error":{"code":400,"message":"The input token count (2000000) exceeds the maximum number of tokens allowed (1048576).","status":"INVALID_ARGUMENT"}}""", ModelErrorKind.ContextLength)]
    [InlineData(400, """{"error":{"code":400,"message":"Please enable billing","status":"FAILED_PRECONDITION"}}""", ModelErrorKind.Billing)]
    [InlineData(401, """{"error":{"code":401,"message":"x","status":"UNAUTHENTICATED"}}""", ModelErrorKind.Authentication)]
    [InlineData(403, """{"error":{"code":403,"message":"x","status":"PERMISSION_DENIED"}}""", ModelErrorKind.Permission)]
    [InlineData(404, """{"error":{"code":404,"message":"x","status":"NOT_FOUND"}}""", ModelErrorKind.NotFound)]
    [InlineData(503, """[{"error":{"code":503,"message":"x","status":"UNAVAILABLE"}}]""", ModelErrorKind.Overloaded)]
    [InlineData(504, """{"error":{"code":504,"message":"x","status":"DEADLINE_EXCEEDED"}}""", ModelErrorKind.Timeout)]
    [InlineData(500, "<html>", ModelErrorKind.Server)]
    [InlineData(429, "", ModelErrorKind.RateLimit)]
    public void ReadError_OfAnyContent_TellsItsKind(int status, string body, ModelErrorKind kind)
    {
        var error = Format.ReadError(status, Encoding.UTF8.GetBytes(body));

        Assert.Equal(kind, error.Kind);
        Assert.NotEmpty(error.Message);
    }

    [Fact]
    public void Error_ResourceExhausted_TellsWhenToTryAgainBothWays()
    {
        var body = """{"error":{"code":429,"message":"Quota exceeded","status":"RESOURCE_EXHAUSTED","details":[{"@type":"type.googleapis.com/google.rpc.RetryInfo","retryDelay":"36.5s"}]}}""";
        var error = Format.ReadError(429, Encoding.UTF8.GetBytes(body));

        Assert.Equal(ModelErrorKind.RateLimit, error.Kind);
        Assert.Equal(TimeSpan.FromSeconds(36.5), error.RetryAfter);
        FormatRun.SameJson(body, FormatRun.Text(json => Format.WriteError(error, json)));
    }

    [Theory]
    [InlineData(ModelErrorKind.InvalidRequest, 400, "INVALID_ARGUMENT")]
    [InlineData(ModelErrorKind.ContextLength, 400, "INVALID_ARGUMENT")]
    [InlineData(ModelErrorKind.Authentication, 401, "UNAUTHENTICATED")]
    [InlineData(ModelErrorKind.Billing, 403, "PERMISSION_DENIED")]
    [InlineData(ModelErrorKind.NotFound, 404, "NOT_FOUND")]
    [InlineData(ModelErrorKind.RateLimit, 429, "RESOURCE_EXHAUSTED")]
    [InlineData(ModelErrorKind.Overloaded, 503, "UNAVAILABLE")]
    [InlineData(ModelErrorKind.Timeout, 504, "DEADLINE_EXCEEDED")]
    [InlineData(ModelErrorKind.Server, 502, "INTERNAL")]
    public void WriteError_EveryKind_HasItsStatus(ModelErrorKind kind, int code, string status)
    {
        FormatRun.SameJson($$$"""{"error":{"code":{{{code}}},"message":"m","status":"{{{status}}}"}}""", FormatRun.Text(json => Format.WriteError(new ModelError(kind, 0, "m"), json)));
    }
}
