using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.BedrockConverse;
using Tidegate.Models.Tests.Streaming;

namespace Tidegate.Models.Tests.Formats.BedrockConverse;

public sealed class BedrockConverseTests
{
    private static readonly BedrockConverseFormat Format = new();

    [Fact]
    public void WriteRequest_OfAnAnthropicConversation_IsBedrocks()
    {
        var request = FormatRun.Read(new AnthropicMessagesFormat(), FormatRun.FixtureText("AnthropicMessages/request.json")).Request! with { Model = "anthropic.claude-sonnet-4-5-20250929-v1:0" };
        var (json, issues) = FormatRun.Write(Format, request);

        // Images and documents by web address, a file of another place, calls one by one.
        Assert.Equal(["messages[1].parts[2]", "messages[1].parts[5]", "messages[1].parts[6]", "parallelToolCalls"], FormatRun.Fields(issues));
        FormatRun.SameJson(FormatRun.FixtureText("BedrockConverse/request.json"), json);
    }

    [Fact]
    public void WriteRequest_ChoicesAndSampling_AreWhereTheyBelong()
    {
        var request = new ChatRequest
        {
            Model = "eu.anthropic.claude-haiku",
            Messages = [new Message(MessageRole.User, [new TextPart("x")]), new Message(MessageRole.User, [new TextPart(" "), new MediaPart(MediaKind.Document, "text/markdown", "AA==", null) { Name = "a/b: c.md" }, new MediaPart(MediaKind.Video, "video/mp4", null, "s3://b/k.mp4")])],
            Tools = [new ToolDefinition("t", "", default)],
            ToolChoice = new ToolChoice(ToolChoiceMode.Named, "t"),
            Sampling = new Sampling { Temperature = 0.5, TopP = 0.9, TopK = 5 },
            Reasoning = new ReasoningSettings { Effort = "none" },
        };

        FormatRun.SameJson(
            """
            {"messages":[{"role":"user","content":[{"text":"x"},{"document":{"format":"md","name":"a b c md","source":{"bytes":"AA=="}}},{"video":{"format":"mp4","source":{"s3Location":{"uri":"s3://b/k.mp4"}}}}]}],
             "toolConfig":{"tools":[{"toolSpec":{"name":"t","inputSchema":{"json":{"type":"object","properties":{}}}}}],"toolChoice":{"tool":{"name":"t"}}},
             "inferenceConfig":{"temperature":0.5,"topP":0.9},"additionalModelRequestFields":{"top_k":5,"thinking":{"type":"disabled"}}}
            """,
            FormatRun.Write(Format, request).Json);
    }

    [Fact]
    public void WriteRequest_WhatBedrockCannotSay_IsToldWithItsPath()
    {
        var (_, issues) = FormatRun.Write(Format, new ChatRequest
        {
            Model = "amazon.nova-pro-v1:0",
            Messages = [new Message(MessageRole.User, [new TextPart("x")]), new Message(MessageRole.Assistant, [new ToolCallPart("1", "t", "{}")]), new Message(MessageRole.Tool, [new ToolResultPart("1", [new TextPart("r")])])],
            Tools = [new ToolDefinition("t", null, default)],
            ToolChoice = new ToolChoice(ToolChoiceMode.None),
            Sampling = new Sampling { TopK = 5, Seed = 1, PresencePenalty = 1, FrequencyPenalty = 1 },
            Reasoning = new ReasoningSettings { Effort = "high" },
            Output = new OutputShape(null, default),
            Logprobs = 1,
            Choices = 2,
        });

        Assert.Equal(["toolChoice", "output", "sampling.topK", "reasoning", "sampling.presencePenalty", "sampling.frequencyPenalty", "sampling.seed", "logprobs", "choices"], FormatRun.Fields(issues));
    }

    [Fact]
    public void ReadAnswer_WithEverything_GivesNeutralParts()
    {
        var answer = Format.ReadAnswer(FormatRun.Json(FormatRun.FixtureText("BedrockConverse/answer.json")));
        var parts = answer.Choices[0].Parts;

        Assert.Equal(new Usage { Input = 4320, CachedInput = 4000, CacheWrite = 300, Output = 150 }, answer.Usage);
        Assert.Equal(FinishReason.ToolCalls, answer.Choices[0].Finish.Reason);
        Assert.Equal(new ReasoningPart("Deep enough?") { Signature = "tgAnc2ln" }, parts[0]);
        Assert.Equal(new Citation("https://example.test/t", "Tides", "twelve metres"), Assert.Single(((TextPart)parts[1]).Citations));
        Assert.Equal(new ToolCallPart("tooluse_9", "moor", """{ "berth": 7 }"""), parts[2]);
    }

    [Theory]
    [InlineData("end_turn", FinishReason.Stop)]
    [InlineData("stop_sequence", FinishReason.Stop)]
    [InlineData("max_tokens", FinishReason.Length)]
    [InlineData("model_context_window_exceeded", FinishReason.Length)]
    [InlineData("guardrail_intervened", FinishReason.ContentFilter)]
    [InlineData("content_filtered", FinishReason.ContentFilter)]
    [InlineData("tomorrows_word", FinishReason.Other)]
    public void StopReason_EveryWord_IsRead(string word, FinishReason reason)
    {
        Assert.Equal(reason, Format.ReadAnswer(FormatRun.Json($$$"""{"output":{"message":{"content":[]} },"stopReason":"{{{word}}}"}""")).Choices[0].Finish.Reason);
    }

    [Fact]
    public void ReadAnswer_OfNoAnswer_IsTheProvidersFault()
    {
        Assert.Throws<FormatException>(() => Format.ReadAnswer(FormatRun.Json("{}")));
    }

    [Fact]
    public void Stream_WithEverything_TellsTheWholeAnswer()
    {
        var (events, malformed) = FormatRun.Events(Format, Stream());
        var answer = FormatRun.Build(events);

        Assert.Equal(0, malformed);
        Assert.Equal(new Usage { Input = 4320, CachedInput = 4000, CacheWrite = 300, Output = 150 }, answer.Usage);
        Assert.Equal(
            [new ReasoningPart("Deep enough?") { Signature = "tgAnc2ln" }, new ToolCallPart("tooluse_9", "moor", "{\"berth\": 7}"), new ToolCallPart("tooluse_10", "horn", "{}")],
            answer.Choices[0].Parts.Where(p => p is not TextPart));
        Assert.Equal("Größe: 12 m.", Assert.Single(answer.Choices[0].Parts.OfType<TextPart>()).Text);
        Assert.Equal(FinishReason.ToolCalls, answer.Choices[0].Finish.Reason);
    }

    [Fact]
    public void Stream_CutAtEveryByte_GivesTheSameEvents() => FormatRun.SameAtEveryCut(Format, Stream());

    [Theory]
    [InlineData("throttlingException", ModelErrorKind.RateLimit)]
    [InlineData("serviceUnavailableException", ModelErrorKind.Overloaded)]
    [InlineData("modelStreamErrorException", ModelErrorKind.Server)]
    [InlineData("internalServerException", ModelErrorKind.Server)]
    [InlineData("modelTimeoutException", ModelErrorKind.Timeout)]
    [InlineData("validationException", ModelErrorKind.InvalidRequest)]
    public void Stream_ExceptionInside_IsAFailure(string name, ModelErrorKind kind)
    {
        var failed = Assert.IsType<Failed>(Assert.Single(FormatRun.Events(Format, EventStreamBytes.Exception(name, "{\"message\":\"no\"}")).Events));

        Assert.Equal(kind, failed.Error.Kind);
        Assert.Equal("no", failed.Error.Message);
        Assert.Equal(name, failed.Error.Code);
    }

    [Fact]
    public void Stream_MalformedFrame_IsSkippedAndCounted()
    {
        var (events, malformed) = FormatRun.Events(Format, [.. EventStreamBytes.Event("contentBlockDelta", "{\"del"), .. EventStreamBytes.Event("tomorrow", "{}"), .. EventStreamBytes.Event("messageStop", "{\"stopReason\":\"end_turn\"}")]);

        Assert.Equal(1, malformed);
        Assert.Single(events.OfType<Finished>());
    }

    [Fact]
    public void Stream_OfInvoke_IsAnthropics()
    {
        var format = new AnthropicMessagesFormat(new AnthropicOptions { Place = AnthropicPlace.Bedrock });
        var stream = FormatRun.FixtureText("AnthropicMessages/stream.sse").Split('\n').Where(l => l.StartsWith("data: ", StringComparison.Ordinal))
            .SelectMany(l => EventStreamBytes.Event("chunk", $"{{\"bytes\":\"{Convert.ToBase64String(Encoding.UTF8.GetBytes(l[6..]))}\"}}")).ToArray();

        Assert.Equal(
            FormatRun.Tell(FormatRun.Events(new AnthropicMessagesFormat(), FormatRun.Fixture("AnthropicMessages/stream.sse")).Events),
            FormatRun.Tell(FormatRun.Events(format, stream).Events));
        Assert.IsType<Failed>(Assert.Single(FormatRun.Events(format, EventStreamBytes.Exception("throttlingException", "")).Events));
    }

    [Theory]
    [InlineData(400, """{"message":"Input is too long for requested model."}""", ModelErrorKind.ContextLength)]
    [InlineData(400, """{"__type":"com.amazon#ValidationException","message":"bad"}""", ModelErrorKind.InvalidRequest)]
    [InlineData(403, """{"message":"The security token included in the request is invalid."}""", ModelErrorKind.Authentication)]
    [InlineData(403, """{"Message":"You don't have access to the model"}""", ModelErrorKind.Permission)]
    [InlineData(404, """{"message":"no such model"}""", ModelErrorKind.NotFound)]
    [InlineData(408, """{"message":"model timed out"}""", ModelErrorKind.Timeout)]
    [InlineData(424, """{"message":"model error"}""", ModelErrorKind.Server)]
    [InlineData(429, """{"message":"Too many requests"}""", ModelErrorKind.RateLimit)]
    [InlineData(503, "", ModelErrorKind.Overloaded)]
    [InlineData(500, "<html>", ModelErrorKind.Server)]
    public void ReadError_OfAnyContent_TellsItsKind(int status, string body, ModelErrorKind kind)
    {
        Assert.Equal(kind, Format.ReadError(status, Encoding.UTF8.GetBytes(body)).Kind);
    }

    // One event per line of the fixture: its name, a space, its payload.
    private static byte[] Stream() =>
        [.. FormatRun.FixtureText("BedrockConverse/stream.jsonl").Split('\n', StringSplitOptions.RemoveEmptyEntries).SelectMany(l => EventStreamBytes.Event(l[..l.IndexOf(' ', StringComparison.Ordinal)], l[(l.IndexOf(' ', StringComparison.Ordinal) + 1)..]))];
}
