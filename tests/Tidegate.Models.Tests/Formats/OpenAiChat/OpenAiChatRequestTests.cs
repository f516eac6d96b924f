using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiChat;

public sealed class OpenAiChatRequestTests
{
    private static readonly OpenAiChatQuirks Router = new() { ReasoningField = "reasoning_content", CacheControl = true };
    private readonly FormatIssues _issues = new();

    public static TheoryData<string> Fixtures => Fixture.Names("OpenAiChat/requests", ".json");

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_Fixture_GivesTheNeutralWords(string name)
    {
        var request = Read(Fixture.Json($"OpenAiChat/requests/{name}.json"));

        Assert.Empty(_issues.All);
        Fixture.Same($"OpenAiChat/requests/{name}.neutral.txt", Dump.Of(request with { Messages = [] }) + "\n" + Dump.Lines(request.Messages));
    }

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Write_WhatWasRead_SaysTheSameAgain(string name)
    {
        var request = Read(Fixture.Json($"OpenAiChat/requests/{name}.json"));

        Assert.Equal(Dump.Of(request), Dump.Of(Read(Write(request, Router))));
        Assert.Empty(_issues.All);
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("everything")]
    [InlineData("json_object")]
    public void Write_WhatWasReadInTodaysWords_IsTheSameJson(string name)
    {
        var json = Fixture.Json($"OpenAiChat/requests/{name}.json");

        var written = Write(Read(json), OpenAiChatQuirks.None);

        Assert.True(JsonElement.DeepEquals(json, written), written.GetRawText());
        Assert.Empty(_issues.All);
    }

    [Fact]
    public void Write_SchemasAndArguments_AreTheCallersTextVerbatim()
    {
        var text = Write(Read(Fixture.Json("OpenAiChat/requests/everything.json")), OpenAiChatQuirks.None).GetRawText();

        Assert.Contains("\"minimum\": 1.5", text, StringComparison.Ordinal);
        Assert.Contains("not json", text, StringComparison.Ordinal);
        Assert.Contains("Kiel\\u0022,  \\u0022n\\u0022:1.0}", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_WrongTypesAndRanges_TellsAllOfThemAtOnce()
    {
        var request = new OpenAiChatFormat().ReadRequest(Parse("""
            {"messages":[{"role":"chef","content":"x"},{"role":"user"},{"role":"user","content":7},{"role":"user","content":[{"type":"smell"},{"type":"image_url"},5]},
            {"role":"assistant","tool_calls":[{"type":"function"}]},{"role":"tool","content":"x"},"x"],
            "temperature":3,"top_p":"1","n":0,"max_tokens":-1,"stop":[1],"stream":"yes","tools":[{"type":"function"},{"type":"function","function":{"parameters":[]}}],
            "tool_choice":"maybe","response_format":{"type":"yaml"},"seed":1.5,"stream_options":[]}
            """), _issues);

        Assert.Null(request);
        Assert.All(_issues.All, i => Assert.True(i.IsError, i.ToString()));
        Assert.Equal(
        [
            "max_tokens", "messages[0].role", "messages[1].content", "messages[2].content", "messages[3].content[0].type", "messages[3].content[1].image_url",
            "messages[3].content[2]", "messages[4].tool_calls[0].function", "messages[4].tool_calls[0].id", "messages[5].tool_call_id", "messages[6]", "model", "n",
            "response_format.type", "seed", "stop[0]", "stream", "stream_options", "temperature", "tool_choice", "tools[0].function", "tools[1].function.name",
            "tools[1].function.parameters", "top_p",
        ], _issues.All.Select(i => i.Field).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("""{"model":"m","messages":[]}""")]
    public void Read_WhatIsNoRequest_IsAnErrorAndDoesNotThrow(string json)
    {
        Assert.Null(new OpenAiChatFormat().ReadRequest(Parse(json), _issues));
        Assert.True(_issues.HasErrors);
    }

    [Fact]
    public void Read_FieldsOfNoOtherFormat_AreInexpressibleUnlessTheySayNothing()
    {
        Read(Parse("""
            {"model":"m","messages":[{"role":"user","content":"x","mood":1}],"metadata":{"a":"b"},"store":false,"user":"u","service_tier":"auto","prompt_cache_key":"k","logit_bias":{},
            "modalities":["text"],"verbosity":"medium","stream_options":{"include_obfuscation":false},
            "prediction":{"type":"content","content":"x"},"web_search_options":{},"audio":{"voice":"a"},"made_up":1,"tools":[{"type":"custom","custom":{"name":"x"}}]}
            """));

        Assert.Equal(["audio", "made_up", "messages[0].mood", "prediction", "tools[0].type", "web_search_options"], FormatRun.Fields(_issues).Order(StringComparer.Ordinal));
        Assert.Equal(["metadata", "prompt_cache_key"], FormatRun.Hints(_issues));
        Assert.False(_issues.HasErrors);
    }

    [Fact]
    public void Read_ValuesThatChangeTheAnswer_AreInexpressible()
    {
        Read(Parse("""{"model":"m","messages":[{"role":"user","content":"x"}],"store":true,"service_tier":"flex","verbosity":"high","logit_bias":{"1":2},"modalities":["text","audio"]}"""));

        Assert.Equal(["logit_bias", "modalities", "service_tier", "store", "verbosity"], _issues.All.Select(i => i.Field).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Read_LoneSurrogatesAndLargePrompts_AreTaken()
    {
        var large = new string('ß', 400_000);
        var request = Read(Parse($$"""{"model":"m","messages":[{"role":"user","content":"a\ud83d"},{"role":"user","content":"{{large}}"}]}"""));

        Assert.Equal("a\ufffd", Assert.IsType<TextPart>(request.Messages[0].Parts[0]).Text);
        Assert.Equal(large, Assert.IsType<TextPart>(request.Messages[1].Parts[0]).Text);
        Assert.Contains("a\ufffd", Write(request, OpenAiChatQuirks.None).GetProperty("messages")[0].GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_QuirksOfLookAlikes_ChangeTheWords()
    {
        var request = Read(Fixture.Json("OpenAiChat/requests/everything.json")) with { ToolChoice = new ToolChoice(ToolChoiceMode.Required) };
        var quirks = new OpenAiChatQuirks
        {
            MaxTokensField = "max_tokens", DeveloperRole = false, StreamOptions = false, SeedField = "random_seed", ToolChoiceRequired = "any", Reasoning = OpenAiChatReasoning.Settings,
        };

        var json = Write(request, quirks);

        Assert.Equal(800, json.GetProperty("max_tokens").GetInt32());
        Assert.False(json.TryGetProperty("max_completion_tokens", out _));
        Assert.Equal("system", json.GetProperty("messages")[0].GetProperty("role").GetString());
        Assert.False(json.TryGetProperty("stream_options", out _));
        Assert.Equal(42, json.GetProperty("random_seed").GetInt32());
        Assert.Equal("any", json.GetProperty("tool_choice").GetString());
        Assert.Equal("low", json.GetProperty("reasoning").GetProperty("effort").GetString());
        Assert.Empty(_issues.All);
    }

    [Fact]
    public void Write_WhatALookAlikeCannotDo_IsToldAndLeftOut()
    {
        var request = Read(Fixture.Json("OpenAiChat/requests/everything.json")) with { Sampling = new Sampling { TopK = 5, Seed = 1 } };

        var json = Write(request, new OpenAiChatQuirks { SeedField = null, ParallelToolCalls = false, JsonSchema = false, Reasoning = OpenAiChatReasoning.None });

        Assert.Equal(["output.schema", "parallel_tool_calls", "sampling.seed", "sampling.top_k"], _issues.All.Select(i => i.Field).Order(StringComparer.Ordinal));
        Assert.Equal("json_object", json.GetProperty("response_format").GetProperty("type").GetString());
        Assert.False(json.TryGetProperty("reasoning_effort", out _));
    }

    [Fact]
    public void Write_StreamWithoutUsageAskedFor_AsksTheProviderAnyway()
    {
        var json = Write(Plain() with { Stream = true }, OpenAiChatQuirks.None);

        Assert.True(json.GetProperty("stream_options").GetProperty("include_usage").GetBoolean());
    }

    [Fact]
    public void Write_ToolResultsWithImagesAndFailures_BecomeTextAndAMessageOfTheUserBehindAllResults()
    {
        var request = Plain(
            new Message(MessageRole.Assistant, [new ToolCallPart("c1", "look", ""), new ToolCallPart("c2", "ask", "{}")]),
            new Message(MessageRole.Tool,
            [
                new ToolResultPart("c1", [new TextPart("seen"), new MediaPart(MediaKind.Image, "image/png", "iVBORw0KGgo=", null)]),
                new ToolResultPart("c2", [new TextPart("no such port")]) { IsError = true },
            ]),
            new Message(MessageRole.User, [new TextPart("go on")]));

        var messages = Write(request, OpenAiChatQuirks.None).GetProperty("messages");

        Assert.Equal(["assistant", "tool", "tool", "user", "user"], messages.EnumerateArray().Select(m => m.GetProperty("role").GetString()));
        Assert.Equal("{}", messages[0].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString());
        Assert.Equal("seen", messages[1].GetProperty("content").GetString());
        Assert.Equal("Error: no such port", messages[2].GetProperty("content").GetString());
        Assert.Equal("data:image/png;base64,iVBORw0KGgo=", messages[3].GetProperty("content")[1].GetProperty("image_url").GetProperty("url").GetString());
        Assert.Empty(_issues.All);
    }

    [Fact]
    public void Write_SignaturesOfOtherVendors_AreNotSentToOpenAi()
    {
        var text = Write(Read(Fixture.Json("OpenAiChat/requests/thoughts.json")), OpenAiChatQuirks.None).GetRawText();

        Assert.DoesNotContain("reasoning", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Write_MediaOpenAiDoesNotTake_IsInexpressibleByPath()
    {
        Write(Plain(new Message(MessageRole.User,
        [
            new MediaPart(MediaKind.Document, "", null, "https://example.com/a.pdf"), new MediaPart(MediaKind.Audio, "audio/ogg", "T2dnUw==", null), new TextPart("x"),
        ])), OpenAiChatQuirks.None);

        Assert.Equal(["messages[0].parts[0]", "messages[0].parts[1]"], _issues.All.Select(i => i.Field));
    }

    [Fact]
    public void Write_TextDocuments_AreSaidAsText()
    {
        var parts = Write(Plain(new Message(MessageRole.User,
        [
            new MediaPart(MediaKind.Document, "text/plain", "R3LDvMOfZQ==", null) { Name = "a.txt" }, new MediaPart(MediaKind.Document, "text/plain", "/w==", null),
        ])), OpenAiChatQuirks.None).GetProperty("messages")[0].GetProperty("content");

        Assert.Equal("a.txt:\nGrüße", parts[0].GetProperty("text").GetString());
        Assert.Equal("file", parts[1].GetProperty("type").GetString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_Films_AreForThoseWhoTakeThem(bool takes)
    {
        Write(Plain(new Message(MessageRole.User, [new MediaPart(MediaKind.Video, "video/mp4", "AAAA", null), new TextPart("x")])), new OpenAiChatQuirks { Video = takes });

        Assert.Equal(takes, _issues.All.Count == 0);
    }

    [Theory]
    [InlineData(0, "none")]
    [InlineData(1024, "low")]
    [InlineData(5000, "medium")]
    [InlineData(32000, "high")]
    [InlineData(-1, null)]
    public void Write_ThinkingBudgets_BecomeEfforts(int budget, string? effort)
    {
        var json = Write(Plain() with { Reasoning = new ReasoningSettings { Budget = budget } }, OpenAiChatQuirks.None);

        Assert.Equal(effort, json.TryGetProperty("reasoning_effort", out var found) ? found.GetString() : null);
    }

    private static ChatRequest Plain(params Message[] messages) =>
        new() { Model = "m", Messages = messages.Length > 0 ? messages : [new Message(MessageRole.User, [new TextPart("x")])] };

    private ChatRequest Read(JsonElement json)
    {
        var request = new OpenAiChatFormat().ReadRequest(json, _issues);
        Assert.True(request is not null, string.Join('\n', _issues.All));
        return request;
    }

    private JsonElement Write(ChatRequest request, OpenAiChatQuirks quirks) => Streams.Json(json => new OpenAiChatFormat(quirks).WriteRequest(request, json, _issues));

    private static JsonElement Parse(string json) => JsonDocument.Parse(json).RootElement;
}
