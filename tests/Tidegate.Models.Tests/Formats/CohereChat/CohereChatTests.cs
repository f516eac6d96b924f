using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.CohereChat;

namespace Tidegate.Models.Tests.Formats.CohereChat;

public sealed class CohereChatTests
{
    private static readonly CohereChatFormat Format = new();

    [Fact]
    public void WriteRequest_WithEverything_IsCoheres()
    {
        var tool = new ToolDefinition("depth", "Depth of a berth.", FormatRun.Json("""{"type":"object"}""")) { Strict = true };
        var (json, issues) = FormatRun.Write(Format, new ChatRequest
        {
            Model = "command-a",
            Stream = true,
            Messages =
            [
                new Message(MessageRole.Developer, [new TextPart("Be brief.")]),
                new Message(MessageRole.User, [new TextPart("Which berth?"), new MediaPart(MediaKind.Image, "image/png", "iVBORw0KGgo=", null) { Detail = "low" }]),
                new Message(MessageRole.Assistant, [new ReasoningPart("I look."), new ToolCallPart("d1", "depth", "{\"berth\": 7}"), new ToolCallPart("d2", "depth", "")]),
                new Message(MessageRole.Tool, [new ToolResultPart("d1", [new TextPart("12 m")]), new ToolResultPart("d2", [new TextPart("9 m")])]),
                new Message(MessageRole.User, [new TextPart("And now?")]),
            ],
            Tools = [tool, new ToolDefinition("wind", null, default)],
            ToolChoice = new ToolChoice(ToolChoiceMode.Named, "depth"),
            Output = new OutputShape("x", FormatRun.Json("""{"type":"object"}""")),
            Reasoning = new ReasoningSettings { Effort = "low" },
            Sampling = new Sampling { Temperature = 0.3, TopP = 0.9, TopK = 10, PresencePenalty = 0.1, FrequencyPenalty = 0.2, Seed = 7 },
            MaxTokens = 100,
            Stop = ["END"],
            Logprobs = 0,
            User = "u",
        });

        Assert.Empty(FormatRun.Fields(issues));
        FormatRun.SameJson(
            """
            {"model":"command-a","stream":true,"messages":[
              {"role":"system","content":"Be brief."},
              {"role":"user","content":[{"type":"text","text":"Which berth?"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo=","detail":"low"}}]},
              {"role":"assistant","tool_plan":"I look.","tool_calls":[{"id":"d1","type":"function","function":{"name":"depth","arguments":"{\"berth\": 7}"}},{"id":"d2","type":"function","function":{"name":"depth","arguments":"{}"}}]},
              {"role":"tool","tool_call_id":"d1","content":"12 m"},
              {"role":"tool","tool_call_id":"d2","content":"9 m"},
              {"role":"user","content":"And now?"}],
             "tools":[{"type":"function","function":{"name":"depth","description":"Depth of a berth.","parameters":{"type":"object"}}}],
             "strict_tools":true,"tool_choice":"REQUIRED","response_format":{"type":"json_object","json_schema":{"type":"object"}},"thinking":{"type":"enabled","token_budget":1024},
             "temperature":0.3,"p":0.9,"k":10,"presence_penalty":0.1,"frequency_penalty":0.2,"seed":7,"max_tokens":100,"stop_sequences":["END"],"logprobs":true}
            """,
            json);
    }

    [Fact]
    public void WriteRequest_WhatCohereCannotSay_IsToldWithItsPath()
    {
        var request = FormatRun.Read(new AnthropicMessagesFormat(), FormatRun.FixtureText("AnthropicMessages/request.json")).Request! with { Choices = 2, Logprobs = 3, Stop = ["1", "2", "3", "4", "5", "6"] };

        Assert.Equal(
            ["messages[1].parts[3]", "messages[1].parts[4]", "messages[1].parts[5]", "messages[1].parts[6]", "messages[3].parts[1].parts[1]", "parallelToolCalls", "stop", "logprobs", "choices"],
            FormatRun.Fields(FormatRun.Write(Format, request).Issues));
    }

    [Fact]
    public void ReadAnswer_WithEverything_GivesNeutralParts()
    {
        var answer = Format.ReadAnswer(FormatRun.Json(FormatRun.FixtureText("CohereChat/answer.json")));
        var parts = answer.Choices[0].Parts;

        Assert.Equal(new Usage { Input = 17, Output = 12, CachedInput = 4 }, answer.Usage);
        Assert.Equal(FinishReason.ToolCalls, answer.Choices[0].Finish.Reason);
        Assert.Equal([new ReasoningPart("I will moor."), new ReasoningPart("Deep enough?")], parts.Take(2));
        Assert.Equal(new Citation("https://example.test/t", "Tides", "twelve metres", 6, 10), Assert.Single(((TextPart)parts[2]).Citations));
        Assert.Equal(new ToolCallPart("moor_1", "moor", "{\"berth\": 7}"), parts[3]);
        Assert.Equal(-0.5, Assert.Single(answer.Choices[0].Logprobs).Logprob);
    }

    [Theory]
    [InlineData("COMPLETE", FinishReason.Stop)]
    [InlineData("STOP_SEQUENCE", FinishReason.Stop)]
    [InlineData("MAX_TOKENS", FinishReason.Length)]
    [InlineData("TOOL_CALL", FinishReason.ToolCalls)]
    [InlineData("TOMORROWS_WORD", FinishReason.Other)]
    public void FinishReason_EveryWord_IsRead(string word, FinishReason reason)
    {
        Assert.Equal(reason, Format.ReadAnswer(FormatRun.Json($$"""{"message":{},"finish_reason":"{{word}}"}""")).Choices[0].Finish.Reason);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"message":"x"}""")]
    [InlineData("""{"message":{},"finish_reason":"ERROR"}""")]
    public void ReadAnswer_OfNoAnswer_IsTheProvidersFault(string text)
    {
        Assert.Throws<FormatException>(() => Format.ReadAnswer(FormatRun.Json(text)));
    }

    [Fact]
    public void Stream_WithEverything_TellsTheWholeAnswer()
    {
        var (events, malformed) = FormatRun.Events(Format, FormatRun.Fixture("CohereChat/stream.sse"));
        var answer = FormatRun.Build(events);
        var parts = answer.Choices[0].Parts;

        Assert.Equal(0, malformed);
        Assert.Equal("co-2", answer.Id);
        Assert.Equal(new Usage { Input = 17, Output = 12 }, answer.Usage);
        Assert.Equal(new ReasoningPart("I will moor."), parts[0]);
        Assert.Equal("Größe: 12 m.", ((TextPart)parts[1]).Text);
        Assert.Equal(new Citation(null, "depth:0", null, 7, 11), Assert.Single(((TextPart)parts[1]).Citations));
        Assert.Equal([new ToolCallPart("moor_1", "moor", "{\"berth\": 7}"), new ToolCallPart("horn_1", "horn", "{}")], parts.Skip(2));
        Assert.Equal(FinishReason.ToolCalls, answer.Choices[0].Finish.Reason);
    }

    [Fact]
    public void Stream_CutAtEveryByte_GivesTheSameEvents() => FormatRun.SameAtEveryCut(Format, FormatRun.Fixture("CohereChat/stream.sse"));

    [Fact]
    public void Stream_EndingInAnError_IsAFailure()
    {
        var events = FormatRun.Events(Format, Encoding.UTF8.GetBytes("data: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"ERROR\",\"error\":\"GPU on fire\"}}\n\n")).Events;

        Assert.Equal("GPU on fire", Assert.IsType<Failed>(Assert.Single(events)).Error.Message);
    }

    [Fact]
    public void Stream_MalformedFrame_IsSkippedAndCounted()
    {
        var (events, malformed) = FormatRun.Events(Format, Encoding.UTF8.GetBytes("data: {\"ty\n\ndata: {}\n\ndata: {\"type\":\"message-end\",\"delta\":{\"finish_reason\":\"COMPLETE\"}}\n\n"));

        Assert.Equal(2, malformed);
        Assert.Single(events.OfType<Finished>());
    }

    [Theory]
    [InlineData(400, """{"message":"too many tokens: total number of tokens in the prompt cannot exceed 4096"}""", ModelErrorKind.ContextLength)]
    [InlineData(400, """{"message":"invalid request"}""", ModelErrorKind.InvalidRequest)]
    [InlineData(401, """{"message":"invalid api token"}""", ModelErrorKind.Authentication)]
    [InlineData(404, """{"message":"model not found"}""", ModelErrorKind.NotFound)]
    [InlineData(429, """{"message":"You are using a Trial key"}""", ModelErrorKind.RateLimit)]
    [InlineData(498, """{"message":"blocked"}""", ModelErrorKind.ContentFilter)]
    [InlineData(500, "", ModelErrorKind.Server)]
    [InlineData(503, "<html>", ModelErrorKind.Overloaded)]
    public void ReadError_OfAnyContent_TellsItsKind(int status, string body, ModelErrorKind kind)
    {
        Assert.Equal(kind, Format.ReadError(status, Encoding.UTF8.GetBytes(body)).Kind);
    }
}
