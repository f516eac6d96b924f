using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.OllamaChat;

namespace Tidegate.Models.Tests.Formats.OllamaChat;

public sealed class OllamaChatTests
{
    private static readonly OllamaChatFormat Format = new();
    private static readonly OllamaGenerateFormat Generate = new();

    [Fact]
    public void Request_WithEverything_SurvivesTheWayThroughNeutralWords()
    {
        var text = FormatRun.FixtureText("OllamaChat/request.json");
        var (request, read) = FormatRun.Read(Format, text);
        var (written, issues) = FormatRun.Write(Format, request!);

        Assert.Empty(read.All);
        Assert.Empty(issues.All);
        FormatRun.SameJson(text, written);
        var calls = request!.Messages[2].Parts.OfType<ToolCallPart>().Select(c => c.Id);
        Assert.Equal(calls, request.Messages.Where(m => m.Role == MessageRole.Tool).Select(m => ((ToolResultPart)m.Parts[0]).CallId));
    }

    [Fact]
    public void ReadRequest_NothingSaidOfStreaming_Streams()
    {
        Assert.True(FormatRun.Read(Format, """{"model":"m","messages":[{"role":"user","content":"x"}]}""").Request!.Stream);
        Assert.False(FormatRun.Read(Format, """{"model":"m","stream":false,"messages":[{"role":"user","content":"x"}]}""").Request!.Stream);
    }

    [Fact]
    public void ReadRequest_WrongInManyWays_TellsAllOfThem()
    {
        var (request, issues) = FormatRun.Read(Format, """
            {"messages":[{"role":"robot","content":7},{"content":"x"},{"role":"assistant","tool_calls":[{}]},{"role":"user","images":[1]}],"format":"xml","think":"maybe","options":{"seed":"x"},"tools":[{"type":"function"}],"stream":"yes"}
            """);

        Assert.Null(request);
        Assert.Equal(
            ["format", "messages[0].content", "messages[0].role", "messages[1].role", "messages[2].tool_calls[0].function", "messages[3].images[0]", "model", "options.seed", "stream", "think", "tools[0].function"],
            FormatRun.Fields(issues).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void ReadRequest_OptionsOfTheMachine_AreDroppedAndSamplersTold()
    {
        var (request, issues) = FormatRun.Read(Format, """{"model":"m","keep_alive":"5m","messages":[{"role":"user","content":"x"}],"options":{"num_ctx":8192,"num_gpu":1,"mirostat":2,"num_predict":-1}}""");

        Assert.Null(request!.MaxTokens);
        Assert.Equal(["options.mirostat"], FormatRun.Fields(issues));
        Assert.Equal(["keep_alive", "options.num_ctx", "options.num_gpu"], FormatRun.Hints(issues));
    }

    [Fact]
    public void ReadRequest_OfGenerate_IsAConversation()
    {
        var (request, issues) = FormatRun.Read(Generate, """{"model":"m","prompt":"Hi","system":"Be brief.","images":["/9j/4A"],"format":"json","think":true,"raw":false,"suffix":"","context":[],"template":"{{ .Prompt }}"}""");

        Assert.Equal(["template"], FormatRun.Fields(issues));
        FormatRun.SameJson(
            """{"model":"m","stream":true,"messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi","images":["/9j/4A"]}],"format":"json","think":true}""",
            FormatRun.Write(Format, request!).Json);
    }

    [Fact]
    public void WriteRequest_OfAnAnthropicConversation_HasAMessagePerResult()
    {
        var request = FormatRun.Read(new AnthropicMessagesFormat(), FormatRun.FixtureText("AnthropicMessages/request.json")).Request!;
        var (json, issues) = FormatRun.Write(Format, request);
        var messages = FormatRun.Json(json).GetProperty("messages");

        Assert.Equal(["messages[1].parts[2]", "messages[1].parts[3]", "messages[1].parts[4]", "messages[1].parts[5]", "messages[1].parts[6]", "parallelToolCalls", "tools[0].strict"], FormatRun.Fields(issues));
        Assert.Equal(["user", "cache_control"], FormatRun.Hints(issues));
        Assert.Equal(["system", "user", "assistant", "tool", "tool", "user", "assistant"], messages.EnumerateArray().Select(m => m.GetProperty("role").GetString()));
        Assert.Equal("depth", messages[3].GetProperty("tool_name").GetString());
    }

    [Fact]
    public void WriteRequest_ToolsThatMustNotBeCalled_AreLeftOut()
    {
        var request = new ChatRequest { Model = "m", Messages = [new Message(MessageRole.User, [new TextPart("x")])], Tools = [new ToolDefinition("t", null, default)], ToolChoice = new ToolChoice(ToolChoiceMode.None) };

        FormatRun.SameJson("""{"model":"m","stream":false,"messages":[{"role":"user","content":"x"}]}""", FormatRun.Write(Format, request).Json);
        Assert.Equal(["toolChoice"], FormatRun.Fields(FormatRun.Write(Format, request with { ToolChoice = new ToolChoice(ToolChoiceMode.Required) }).Issues));
    }

    [Fact]
    public void Stream_WithEverything_TellsTheWholeAnswer()
    {
        var (events, malformed) = FormatRun.Events(Format, FormatRun.Fixture("OllamaChat/stream.ndjson"));
        var answer = FormatRun.Build(events);
        var choice = answer.Choices[0];

        Assert.Equal(0, malformed);
        Assert.Equal(new Usage { Input = 26, Output = 30 }, answer.Usage);
        Assert.Equal(FinishReason.ToolCalls, choice.Finish.Reason);
        Assert.Equal(new ReasoningPart("Deep enough?"), choice.Parts[0]);
        Assert.Equal("Größe: 12 m.", ((TextPart)choice.Parts[1]).Text);
        Assert.Equal(new ToolCallPart("c1", "moor", """{"berth":7}"""), choice.Parts[2]);
        Assert.StartsWith("call_tg", ((ToolCallPart)choice.Parts[3]).Id, StringComparison.Ordinal);
        Assert.Equal(2, Assert.Single(choice.Logprobs).Top.Count);
    }

    [Fact]
    public void Stream_CutAtEveryByte_GivesTheSameEvents()
    {
        var bytes = FormatRun.Fixture("OllamaChat/stream.ndjson");
        FormatRun.SameAtEveryCut(Format, bytes);
        FormatRun.SameAtEveryCut(Format, bytes[..^1]);
        Assert.Equal(
            FormatRun.Tell(FormatRun.Events(Format, bytes).Events),
            FormatRun.Tell(FormatRun.Events(Format, Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(bytes).ReplaceLineEndings("\r\n"))).Events));
    }

    [Fact]
    public void Stream_WrittenAndReadAgain_TellsTheSame()
    {
        var events = FormatRun.Events(Format, FormatRun.Fixture("OllamaChat/stream.ndjson")).Events;
        var text = FormatRun.Stream(Format, events);

        FormatRun.SameAnswer(FormatRun.Build(events), FormatRun.Build(FormatRun.Events(Format, Encoding.UTF8.GetBytes(text)).Events));
        Assert.EndsWith("\"done\":true,\"done_reason\":\"stop\",\"prompt_eval_count\":26,\"eval_count\":30}\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Answer_WrittenAndReadAgain_IsTheSame()
    {
        var answer = FormatRun.Build(FormatRun.Events(Format, FormatRun.Fixture("OllamaChat/stream.ndjson")).Events);

        FormatRun.SameAnswer(answer, Format.ReadAnswer(FormatRun.Json(FormatRun.Text(json => Format.WriteAnswer(answer, FormatRun.Context, json)))));
        FormatRun.SameJson(
            """{"model":"alias","created_at":"2027-01-15T08:00:00.000000Z","response":"Hi","done":true,"done_reason":"length"}""",
            FormatRun.Text(json => Generate.WriteAnswer(new ChatAnswer { Choices = [new AnswerChoice([new TextPart("Hi")], new Finish(FinishReason.Length))] }, FormatRun.Context, json)));
    }

    [Fact]
    public void StreamWriter_OfGenerate_WritesResponses()
    {
        var text = FormatRun.Stream(Generate, [new Started("", ""), new TextDelta("Hi"), new Finished(new Finish(FinishReason.Stop))]);

        Assert.Equal(
            """
            {"model":"alias","created_at":"2027-01-15T08:00:00.000000Z","response":"Hi","done":false}
            {"model":"alias","created_at":"2027-01-15T08:00:00.000000Z","response":"","done":true,"done_reason":"stop"}

            """,
            text,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void Stream_FailuresAndMissingEnds_AreNeverDone()
    {
        var events = FormatRun.Events(Format, "{\"error\":\"server busy, try later\"}"u8.ToArray()).Events;
        var failed = Assert.IsType<Failed>(Assert.Single(events));

        Assert.Equal(ModelErrorKind.Overloaded, failed.Error.Kind);
        foreach (var face in new Models.Formats.IFaceFormat[] { Format, Generate })
        {
            Assert.DoesNotContain("\"done\":true", FormatRun.Stream(face, [new TextDelta("x"), failed]), StringComparison.Ordinal);
            Assert.EndsWith("{\"error\":\"The stream ended before the answer did.\"}\n", FormatRun.Stream(face, [new TextDelta("x")]), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Stream_MalformedLine_IsSkippedAndCounted()
    {
        var (events, malformed) = FormatRun.Events(Format, "{\"mess\n{}\n[]\n{\"done\":true,\"done_reason\":\"stop\"}\n"u8.ToArray());

        Assert.Equal(3, malformed);
        Assert.Single(events.OfType<Finished>());
    }

    [Theory]
    [InlineData(404, """{"error":"model 'x' not found"}""", ModelErrorKind.NotFound)]
    [InlineData(400, """{"error":"the input length exceeds the context length"}""", ModelErrorKind.ContextLength)]
    [InlineData(401, """{"error":"unauthorized"}""", ModelErrorKind.Authentication)]
    [InlineData(503, """{"error":"server busy, please try again"}""", ModelErrorKind.Overloaded)]
    [InlineData(500, "", ModelErrorKind.Server)]
    [InlineData(502, "<html>", ModelErrorKind.Server)]
    public void ReadError_OfAnyContent_TellsItsKind(int status, string body, ModelErrorKind kind)
    {
        Assert.Equal(kind, Format.ReadError(status, Encoding.UTF8.GetBytes(body)).Kind);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"error":"x"}""")]
    public void ReadAnswer_OfNoAnswer_IsTheProvidersFault(string text)
    {
        Assert.Throws<FormatException>(() => Format.ReadAnswer(FormatRun.Json(text)));
    }

    [Fact]
    public void WriteError_IsOneText()
    {
        FormatRun.SameJson("""{"error":"m"}""", FormatRun.Text(json => Format.WriteError(new ModelError(ModelErrorKind.NotFound, 0, "m"), json)));
        Assert.Equal(404, Format.StatusOf(new ModelError(ModelErrorKind.NotFound, 0, "m")));
    }
}
