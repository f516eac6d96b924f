using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiResponses;

public sealed class OpenAiResponsesRequestTests
{
    private readonly OpenAiResponsesFormat _format = new();
    private readonly FormatIssues _issues = new();

    public static TheoryData<string> Fixtures => Fixture.Names("OpenAiResponses/requests", ".json");

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_Fixture_GivesTheNeutralWords(string name)
    {
        var request = Read(Fixture.Json($"OpenAiResponses/requests/{name}.json"));

        Assert.Empty(FormatRun.Fields(_issues));
        Fixture.Same($"OpenAiResponses/requests/{name}.neutral.txt", Dump.Of(request with { Messages = [] }) + "\n" + Dump.Lines(request.Messages));
    }

    [Fact]
    public void Write_WhatWasRead_IsTheSameJson()
    {
        var json = Fixture.Json("OpenAiResponses/requests/everything.json");

        var written = Write(Read(json));

        Assert.True(JsonElement.DeepEquals(json, written), written.GetRawText());
        Assert.Empty(_issues.All);
    }

    [Fact]
    public void Write_ThoughtsOfOtherVendors_AreLeftOut()
    {
        var text = Write(Read(Fixture.Json("OpenAiResponses/requests/sent_back.json"))).GetRawText();

        Assert.DoesNotContain("reasoning", text, StringComparison.Ordinal);
        Assert.DoesNotContain("tgAn", text, StringComparison.Ordinal);
        Assert.DoesNotContain("thought_signature", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_WhatTheFormatCannotSay_IsToldAndLeftOut()
    {
        Write(new ChatRequest
        {
            Model = "m",
            Messages = [new Message(MessageRole.User, [new MediaPart(MediaKind.Audio, "audio/wav", "UklGRg==", null), new TextPart("x")])],
            Stop = ["a"],
            Choices = 2,
            Sampling = new Sampling { TopK = 1, Seed = 1, PresencePenalty = 1, FrequencyPenalty = 0 },
        });

        Assert.Equal(["choices", "messages[0].parts[0]", "sampling.presence_penalty", "sampling.seed", "sampling.top_k", "stop"], _issues.All.Select(i => i.Field).Order(StringComparer.Ordinal));
        Assert.False(_issues.HasErrors);
    }

    [Fact]
    public void Write_ToolThatFailed_SaysSoInWords()
    {
        var json = Write(new ChatRequest
        {
            Model = "m",
            Messages =
            [
                new Message(MessageRole.Tool,
                [
                    new ToolResultPart("a", [new TextPart("no such port")]) { IsError = true }, new ToolResultPart("b", [new TextPart("Error 7")]) { IsError = true }, new ToolResultPart("c", [new TextPart("low")]),
                ]),
            ],
        });

        Assert.Equal(["Error: no such port", "Error 7", "low"], json.GetProperty("input").EnumerateArray().Select(i => i.GetProperty("output").GetString()));
    }

    [Fact]
    public void Write_ModelThatIsNotAskedToThink_IsNotAskedForEncryptedThoughts()
    {
        var plain = new ChatRequest { Model = "m", Messages = [new Message(MessageRole.User, [new TextPart("x")])] };

        Assert.False(Write(plain).TryGetProperty("include", out _));
        Assert.Equal("reasoning.encrypted_content", Write(plain with { Reasoning = new ReasoningSettings { Budget = 2000 } }).GetProperty("include")[0].GetString());
    }

    [Fact]
    public void Read_WrongTypes_TellsAllOfThemAtOnce()
    {
        Assert.Null(_format.ReadRequest(Parse("""
            {"input":[{"role":"chef","content":"x"},{"role":"user"},{"type":"function_call"},{"type":"function_call_output","output":7},{"role":"user","content":[{"type":"smell"},{"type":"input_image"}]},7],
            "temperature":"hot","max_output_tokens":0,"stream":1,"tools":[{"type":"function","parameters":1}],"tool_choice":"maybe","text":{"format":{"type":"yaml"}},"reasoning":[],"include":"x"}
            """), _issues));

        Assert.All(_issues.All, i => Assert.True(i.IsError, i.ToString()));
        Assert.Equal(
        [
            "include", "input[0].role", "input[1].content", "input[2].arguments", "input[2].call_id", "input[2].name", "input[3].call_id", "input[3].output", "input[4].content[0].type",
            "input[4].content[1].image_url", "input[5]", "max_output_tokens", "model", "reasoning", "stream", "temperature", "text.format.type", "tool_choice", "tools[0].name", "tools[0].parameters",
        ], _issues.All.Select(i => i.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_WhatOnlyOpenAiHas_IsInexpressible()
    {
        Read(Parse("""
            {"model":"m","input":[{"role":"user","content":"x"},{"type":"item_reference","id":"x"},{"type":"web_search_call","id":"x"}],"tools":[{"type":"web_search"}],"tool_choice":{"type":"file_search"},
            "previous_response_id":"resp_1","background":true,"store":true,"truncation":"auto","prompt":{"id":"p"},"conversation":"c","include":["web_search_call.action.sources"],"text":{"verbosity":"low"}}
            """));

        Assert.Equal(
        [
            "background", "conversation", "include[0]", "input[1].type", "input[2].type", "previous_response_id", "prompt", "text.verbosity", "tool_choice", "tools[0].type", "truncation",
        ], _issues.All.Select(i => i.Field).Order(StringComparer.Ordinal));
        Assert.False(_issues.HasErrors);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"model":"m","input":7}""")]
    public void Read_WhatIsNoRequest_IsAnErrorAndDoesNotThrow(string json)
    {
        Assert.Null(_format.ReadRequest(Parse(json), _issues));
        Assert.True(_issues.HasErrors);
    }

    private ChatRequest Read(JsonElement json)
    {
        var request = _format.ReadRequest(json, _issues);
        Assert.True(request is not null, string.Join('\n', _issues.All));
        return request;
    }

    private JsonElement Write(ChatRequest request) => Streams.Json(json => _format.WriteRequest(request, json, _issues));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
