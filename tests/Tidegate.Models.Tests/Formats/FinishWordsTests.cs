using Tidegate.Models.Chat;
using Tidegate.Models.Formats;

namespace Tidegate.Models.Tests.Formats;

/// <summary>Why answers end, in the words of each face (the table of docs/guides/models.md), whole and streamed; and answers that do not say why are none.</summary>
public sealed class FinishWordsTests
{
    [Theory]
    [InlineData(FinishReason.Other, "chat", "\"finish_reason\":\"length\"")]
    [InlineData(FinishReason.Other, "completions", "\"finish_reason\":\"length\"")]
    [InlineData(FinishReason.Other, "responses", "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}")]
    [InlineData(FinishReason.Other, "anthropic", "\"stop_reason\":\"max_tokens\"")]
    [InlineData(FinishReason.Other, "gemini", "\"finishReason\":\"OTHER\"")]
    [InlineData(FinishReason.Other, "ollama", "\"done_reason\":\"length\"")]
    [InlineData(FinishReason.Pause, "chat", "\"finish_reason\":\"length\"")]
    [InlineData(FinishReason.Pause, "responses", "\"incomplete_details\":{\"reason\":\"max_output_tokens\"}")]
    [InlineData(FinishReason.Pause, "anthropic", "\"stop_reason\":\"pause_turn\"")]
    [InlineData(FinishReason.Refusal, "chat", "\"finish_reason\":\"content_filter\"")]
    [InlineData(FinishReason.Refusal, "completions", "\"finish_reason\":\"content_filter\"")]
    [InlineData(FinishReason.Refusal, "responses", "\"incomplete_details\":{\"reason\":\"content_filter\"}")]
    [InlineData(FinishReason.Refusal, "responses", "\"status\":\"incomplete\"")]
    [InlineData(FinishReason.Refusal, "gemini", "\"finishReason\":\"SAFETY\"")]
    [InlineData(FinishReason.Refusal, "ollama", "\"done_reason\":\"content_filter\"")]
    [InlineData(FinishReason.ContentFilter, "responses", "\"incomplete_details\":{\"reason\":\"content_filter\"}")]
    [InlineData(FinishReason.ContentFilter, "anthropic", "\"stop_reason\":\"refusal\"")]
    public void Write_Reason_IsTheNearestHonestWord(FinishReason reason, string face, string expected)
    {
        var answer = new ChatAnswer { Choices = [new AnswerChoice([new TextPart("par")], new Finish(reason))], Usage = new Usage { Input = 1, Output = 1 } };

        Assert.Contains(expected, FormatRun.Text(json => FormatNamed.Face(face).WriteAnswer(answer, FormatRun.Context, json)), StringComparison.Ordinal);
        Assert.Contains(expected, Stream(face, answer), StringComparison.Ordinal);
    }

    [Fact]
    public void Responses_ARefusalInWords_IsAnItemOfACompletedResponse()
    {
        var answer = new ChatAnswer { Choices = [new AnswerChoice([new RefusalPart("No.")], new Finish(FinishReason.Refusal))] };

        foreach (var text in new[] { FormatRun.Text(json => FormatNamed.Face("responses").WriteAnswer(answer, FormatRun.Context, json)), Stream("responses", answer) })
        {
            Assert.Contains("\"status\":\"completed\"", text, StringComparison.Ordinal);
            Assert.Contains("{\"type\":\"refusal\",\"refusal\":\"No.\"}", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Responses_Stream_OfARefusal_EndsIncomplete()
    {
        var answer = new ChatAnswer { Choices = [new AnswerChoice([new TextPart("par")], new Finish(FinishReason.Refusal))] };

        var text = Stream("responses", answer);

        Assert.Contains("event: response.incomplete", text, StringComparison.Ordinal);
        Assert.DoesNotContain("response.completed", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gemini", """{"candidates":[{"content":{"parts":[{"text":"par"}]},"finishReason":"MALFORMED_FUNCTION_CALL"}]}""", FinishReason.Other)]
    [InlineData("chat", """{"choices":[{"message":{"content":"par"},"finish_reason":"insufficient_system_resource"}]}""", FinishReason.Other)]
    [InlineData("chat", """{"choices":[{"message":{"content":"all"},"finish_reason":"eos_token"}]}""", FinishReason.Stop)]
    [InlineData("chat", """{"choices":[{"message":{"content":"all"},"finish_reason":"STOP"}]}""", FinishReason.Stop)]
    [InlineData("ollama", """{"message":{"content":"all"},"done":true}""", FinishReason.Stop)] // Ollama of before 2024 told no reason: "done" is its word
    public void Read_Reason_IsTold(string target, string body, FinishReason reason) => Assert.Equal(reason, FormatNamed.Target(target).ReadAnswer(FormatRun.Json(body)).Choices[0].Finish.Reason);

    [Theory]
    [InlineData("chat", """{"choices":[{"message":{"content":"par"},"finish_reason":null}]}""")]
    [InlineData("chat", """{"choices":[{"message":{"content":"par"}}]}""")]
    [InlineData("chat", """{"choices":[{"message":{"content":"a"},"finish_reason":"stop"},{"message":{"content":"b"},"finish_reason":""}]}""")]
    [InlineData("completions", """{"choices":[{"text":"par","finish_reason":null}]}""")]
    [InlineData("responses", """{"status":"in_progress","output":[]}""")]
    [InlineData("responses", """{"output":[]}""")]
    [InlineData("anthropic", """{"content":[{"type":"text","text":"par"}],"stop_reason":null}""")]
    [InlineData("gemini", """{"candidates":[{"content":{"parts":[{"text":"par"}]}}]}""")]
    [InlineData("bedrock", """{"output":{"message":{"content":[{"text":"par"}]}}}""")]
    [InlineData("cohere", """{"message":{"content":[{"type":"text","text":"par"}]}}""")]
    [InlineData("ollama", """{"message":{"content":"par"},"done":false}""")]
    public void Read_WholeAnswerWithoutAReason_WasCutOff(string target, string body) => Assert.Throws<CutOffException>(() => FormatNamed.Target(target).ReadAnswer(FormatRun.Json(body)));

    private static string Stream(string face, ChatAnswer answer) => FormatRun.Stream(FormatNamed.Face(face), AnswerEvents.Of(answer));
}
