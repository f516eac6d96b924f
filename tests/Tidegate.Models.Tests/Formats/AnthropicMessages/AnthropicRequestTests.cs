using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.AnthropicMessages;

namespace Tidegate.Models.Tests.Formats.AnthropicMessages;

public sealed class AnthropicRequestTests
{
    private const string Tool = """{"name":"t","input_schema":{"type":"object"}}""";
    private static readonly AnthropicMessagesFormat Format = new();

    [Fact]
    public void Request_WithEverything_SurvivesTheWayThroughNeutralWords()
    {
        var text = FormatRun.FixtureText("AnthropicMessages/request.json");
        var (request, read) = FormatRun.Read(Format, text);
        var (written, issues) = FormatRun.Write(Format, request!);

        Assert.Empty(read.All);
        Assert.Empty(issues.All);
        FormatRun.SameJson(text, written);
    }

    [Fact]
    public void ReadRequest_WithEverything_GivesNeutralParts()
    {
        var request = FormatRun.Read(Format, FormatRun.FixtureText("AnthropicMessages/request.json")).Request!;

        Assert.Equal([MessageRole.System, MessageRole.User, MessageRole.Assistant, MessageRole.Tool, MessageRole.User, MessageRole.Assistant], request.Messages.Select(m => m.Role));
        Assert.Equal("1h", request.Messages[0].Parts[1].CacheHint);
        Assert.Equal("5m", request.Tools[0].CacheHint);
        Assert.Equal("""{ "berth": 7 }""", Assert.IsType<ToolCallPart>(request.Messages[2].Parts[3]).Arguments);
        Assert.True(Assert.IsType<ToolResultPart>(request.Messages[3].Parts[1]).IsError);
        Assert.False(request.ParallelToolCalls);
        Assert.Equal(4000, request.Reasoning!.Budget);
        Assert.Equal("u-17", request.User);
    }

    [Theory]
    [InlineData("""{"type":"auto"}""", ToolChoiceMode.Auto, null)]
    [InlineData("""{"type":"any"}""", ToolChoiceMode.Required, null)]
    [InlineData("""{"type":"tool","name":"t"}""", ToolChoiceMode.Named, "t")]
    [InlineData("""{"type":"none"}""", ToolChoiceMode.None, null)]
    public void ToolChoice_EveryKind_SurvivesTheWay(string choice, ToolChoiceMode mode, string? name)
    {
        var text = $$"""{"model":"m","max_tokens":5,"messages":[{"role":"user","content":"x"}],"tools":[{{Tool}}],"tool_choice":{{choice}}}""";
        var request = FormatRun.Read(Format, text).Request!;

        Assert.Equal(new ToolChoice(mode, name), request.ToolChoice);
        FormatRun.SameJson(text, FormatRun.Write(Format, request).Json);
    }

    [Fact]
    public void ReadRequest_WrongInManyWays_TellsAllOfThem()
    {
        var (request, issues) = FormatRun.Read(Format, """
            {"temperature":2,"messages":[{"role":"robot","content":[{"type":"image","source":{"type":"ftp"}},{"type":"text"},7]},{"content":5}],"tools":[{"name":4}],"tool_choice":{"type":"maybe"},"stop_sequences":[1],"thinking":{"type":"enabled"}}
            """);

        Assert.Null(request);
        Assert.Equal(
            ["max_tokens", "messages[0].content[0].source.type", "messages[0].content[1].text", "messages[0].content[2]", "messages[0].role", "messages[1].content", "messages[1].role", "model", "stop_sequences[0]", "temperature", "thinking.budget_tokens", "tool_choice.type", "tools[0].input_schema", "tools[0].name"],
            FormatRun.Fields(issues).Order(StringComparer.Ordinal));
        Assert.All(issues.All, i => Assert.True(i.IsError));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"model":"m","max_tokens":1,"messages":[]}""")]
    public void ReadRequest_NoRequestAtAll_IsAnError(string text)
    {
        var (request, issues) = FormatRun.Read(Format, text);

        Assert.Null(request);
        Assert.True(issues.HasErrors);
    }

    [Fact]
    public void ReadRequest_UnknownFieldsAndToolsOfTheProvider_AreInexpressible()
    {
        var (request, issues) = FormatRun.Read(Format, """
            {"model":"m","max_tokens":1,"messages":[{"role":"user","content":[{"type":"container_upload","file_id":"f"},{"type":"text","text":"x","colour":1}]}],"tools":[{"type":"web_search_20250305","name":"web_search"}],"mcp_servers":[],"service_tier":"auto"}
            """);

        Assert.NotNull(request);
        Assert.Equal(["messages[0].content[0].type", "messages[0].content[1].colour", "tools[0].type", "mcp_servers"], FormatRun.Fields(issues));
        Assert.False(issues.HasErrors);
    }

    [Fact]
    public void ReadCountRequest_WithoutLimit_IsRight()
    {
        var issues = new Models.Formats.FormatIssues();
        var request = Format.ReadCountRequest(FormatRun.Json("""{"model":"m","system":"s","messages":[{"role":"user","content":"x"}]}"""), issues);

        Assert.Empty(issues.All);
        FormatRun.SameJson(
            """{"model":"m","system":"s","messages":[{"role":"user","content":"x"}]}""",
            FormatRun.Text(json => Format.WriteCountRequest(request!, json, issues)));
        Assert.Equal(7, Format.ReadCount(FormatRun.Json(FormatRun.Text(json => Format.WriteCount(7, json)))));
    }

    [Fact]
    public void WriteRequest_TurnsOfOneRole_BecomeOneAndInstructionsGoToSystem()
    {
        var request = new ChatRequest
        {
            Model = "m",
            Messages =
            [
                new Message(MessageRole.System, [new TextPart("a")]),
                new Message(MessageRole.User, [new TextPart("b")]),
                new Message(MessageRole.Developer, [new TextPart("c")]),
                new Message(MessageRole.User, [new TextPart(""), new TextPart("d")]),
                new Message(MessageRole.Assistant, [new ReasoningPart("unsigned"), new ToolCallPart("call:1", "t", "not json")]),
                new Message(MessageRole.Tool, [new ToolResultPart("call:1", [new TextPart("r")])]),
                new Message(MessageRole.User, [new TextPart("e")]),
                new Message(MessageRole.Assistant, [new TextPart("pre ")]),
            ],
        };

        FormatRun.SameJson(
            """
            {"model":"m","max_tokens":4096,"system":[{"type":"text","text":"a"},{"type":"text","text":"c"}],"messages":[
              {"role":"user","content":[{"type":"text","text":"b"},{"type":"text","text":"d"}]},
              {"role":"assistant","content":[{"type":"tool_use","id":"call_1","name":"t","input":{"arguments":"not json"}}]},
              {"role":"user","content":[{"type":"tool_result","tool_use_id":"call_1","content":"r"},{"type":"text","text":"e"}]},
              {"role":"assistant","content":"pre"}]}
            """,
            FormatRun.Write(Format, request).Json);
    }

    [Fact]
    public void WriteRequest_WhatAnthropicCannotSay_IsToldWithItsPath()
    {
        var (_, issues) = FormatRun.Write(Format, new ChatRequest
        {
            Model = "m",
            Messages = [new Message(MessageRole.User, [new MediaPart(MediaKind.Audio, "audio/wav", "AAAA", null), new MediaPart(MediaKind.Image, "image/tiff", "AAAA", null)]) { Name = "Ann" }],
            Sampling = new Sampling { Temperature = 1.5, Seed = 1, PresencePenalty = 0.5, FrequencyPenalty = 0 },
            Choices = 2,
            Logprobs = 0,
            Output = new OutputShape(null, default),
            Stop = [" "],
        });

        Assert.Equal(
            ["messages[0].name", "messages[0].parts[0]", "messages[0].parts[1]", "output", "sampling.temperature", "sampling.presencePenalty", "sampling.seed", "stop", "choices", "logprobs"],
            FormatRun.Fields(issues));
        Assert.False(issues.HasErrors);
    }

    [Theory]
    [InlineData("high", null, 20480, 16384)]
    [InlineData("high", 4000, 4000, 2000)]
    [InlineData("low", 100000, 100000, 2048)]
    public void WriteRequest_Effort_IsABudgetWithinTheLimit(string effort, int? limit, int most, int budget)
    {
        var (json, issues) = FormatRun.Write(Format, Ask() with { Reasoning = new ReasoningSettings { Effort = effort }, MaxTokens = limit });

        Assert.Empty(issues.All);
        FormatRun.SameJson($$$"""{"model":"m","max_tokens":{{{most}}},"messages":[{"role":"user","content":"x"}],"thinking":{"type":"enabled","budget_tokens":{{{budget}}}}}""", json);
    }

    [Fact]
    public void WriteRequest_EffortForModelsThatAdapt_IsAnEffort()
    {
        var (json, _) = FormatRun.Write(new AnthropicMessagesFormat(new AnthropicOptions { Adaptive = true }), Ask() with { Reasoning = new ReasoningSettings { Effort = "minimal" } });

        FormatRun.SameJson("""{"model":"m","max_tokens":4096,"messages":[{"role":"user","content":"x"}],"thinking":{"type":"adaptive"},"output_config":{"effort":"low"}}""", json);
    }

    [Fact]
    public void WriteRequest_ThinkingThatCannotBe_IsTold()
    {
        var effort = new ReasoningSettings { Effort = "high" };
        var tool = new ToolDefinition("t", null, default);
        List<Message> loop =
        [
            new(MessageRole.User, [new TextPart("x")]),
            new(MessageRole.Assistant, [new ToolCallPart("1", "t", "{}")]),
            new(MessageRole.Tool, [new ToolResultPart("1", [new TextPart("r")])]),
        ];

        Assert.Equal(["reasoning"], FormatRun.Fields(FormatRun.Write(Format, Ask() with { Reasoning = effort, MaxTokens = 500 }).Issues));
        Assert.Equal(["reasoning"], FormatRun.Fields(FormatRun.Write(Format, Ask() with { Reasoning = effort, Tools = [tool], ToolChoice = new ToolChoice(ToolChoiceMode.Required) }).Issues));
        Assert.Equal(["reasoning"], FormatRun.Fields(FormatRun.Write(Format, Ask() with { Reasoning = effort, Messages = loop }).Issues));
        Assert.Equal(["sampling.temperature", "sampling.topK"], FormatRun.Fields(FormatRun.Write(Format, Ask() with { Reasoning = effort, Sampling = new Sampling { Temperature = 0.5, TopK = 3 } }).Issues));
    }

    [Fact]
    public void WriteRequest_ThoughtsOfAnotherVendor_AreLeftOut()
    {
        var thoughts = new ReasoningPart("t") { Signature = Models.Formats.SignatureOrigin.Mark("abc", Models.Formats.SignatureOrigin.Gemini) };
        var (json, _) = FormatRun.Write(Format, Ask() with { Messages = [new Message(MessageRole.User, [new TextPart("x")]), new Message(MessageRole.Assistant, [thoughts, new TextPart("y")])] });

        FormatRun.SameJson("""{"model":"m","max_tokens":4096,"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]}""", json);
    }

    [Theory]
    [InlineData(AnthropicPlace.Vertex, """{"anthropic_version":"vertex-2023-10-16","stream":true,"max_tokens":4096,"messages":[{"role":"user","content":"x"}]}""")]
    [InlineData(AnthropicPlace.Bedrock, """{"anthropic_version":"bedrock-2023-05-31","max_tokens":4096,"messages":[{"role":"user","content":"x"}]}""")]
    public void WriteRequest_OtherPlaces_HaveTheVersionInTheBody(AnthropicPlace place, string expected)
    {
        FormatRun.SameJson(expected, FormatRun.Write(new AnthropicMessagesFormat(new AnthropicOptions { Place = place }), Ask() with { Stream = true }).Json);
    }

    private static ChatRequest Ask() => new() { Model = "m", Messages = [new Message(MessageRole.User, [new TextPart("x")])] };
}
