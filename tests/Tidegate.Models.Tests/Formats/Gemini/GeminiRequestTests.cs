using Tidegate.Models.Chat;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.Gemini;

namespace Tidegate.Models.Tests.Formats.Gemini;

public sealed class GeminiRequestTests
{
    private static readonly GeminiFormat Format = new();

    [Fact]
    public void Request_WithEverything_SurvivesTheWayThroughNeutralWords()
    {
        var text = FormatRun.FixtureText("Gemini/request.json");
        var (request, read) = FormatRun.Read(Format, text);
        var (written, issues) = FormatRun.Write(Format, request!);

        Assert.Empty(read.All);
        Assert.Empty(issues.All);
        FormatRun.SameJson(text, written);
    }

    [Fact]
    public void ReadRequest_CallsWithoutIds_GetThoseThatTheirResponsesCarry()
    {
        var request = FormatRun.Read(Format, FormatRun.FixtureText("Gemini/request.json")).Request!;
        var call = request.Messages[2].Parts.OfType<ToolCallPart>().First();
        var results = request.Messages[3].Parts.Cast<ToolResultPart>().ToList();

        Assert.Equal(MessageRole.Tool, request.Messages[3].Role);
        Assert.StartsWith("call_tg", call.Id, StringComparison.Ordinal);
        Assert.Equal([call.Id, "fc-2", "fc-3"], results.Select(r => r.CallId));
        Assert.Equal([false, false, true], results.Select(r => r.IsError));
        Assert.Equal(call.Id, FormatRun.Read(Format, FormatRun.FixtureText("Gemini/request.json")).Request!.Messages[2].Parts.OfType<ToolCallPart>().First().Id);
    }

    [Fact]
    public void ReadRequest_SnakeCase_IsTheSame()
    {
        var camel = FormatRun.Read(Format, """{"systemInstruction":{"parts":[{"text":"s"}]},"contents":[{"parts":[{"inlineData":{"mimeType":"image/png","data":"AA-_"}}]}],"generationConfig":{"maxOutputTokens":5,"topK":2,"thinkingConfig":{"thinkingBudget":0}}}""");
        var snake = FormatRun.Read(Format, """{"system_instruction":{"parts":[{"text":"s"}]},"contents":[{"parts":[{"inline_data":{"mime_type":"image/png","data":"AA-_"}}]}],"generation_config":{"max_output_tokens":5,"top_k":2,"thinking_config":{"thinking_budget":0}}}""");

        Assert.Empty(snake.Issues.All);
        Assert.Equal(FormatRun.Write(Format, camel.Request!).Json, FormatRun.Write(Format, snake.Request!).Json);
        Assert.Equal("AA+/", ((MediaPart)snake.Request!.Messages[1].Parts[0]).Data);
    }

    [Fact]
    public void ReadRequest_GooglesSchemaLanguage_BecomesJsonSchema()
    {
        var (request, issues) = FormatRun.Read(Format, """
            {"contents":[{"parts":[{"text":"x"}]}],
             "tools":[{"functionDeclarations":[{"name":"f","parameters":{"type":"OBJECT","propertyOrdering":["type"],"properties":{"type":{"type":"STRING","format":"enum","enum":["a"],"nullable":true},"list":{"type":"ARRAY","minItems":"1","items":{"anyOf":[{"type":"NUMBER"},{"type":"NULL"}]}}},"required":["type"]}}]}],
             "generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"INTEGER"}}}
            """);

        Assert.Empty(issues.All);
        FormatRun.SameJson(
            """{"type":"object","properties":{"type":{"type":["string","null"],"enum":["a"]},"list":{"type":"array","minItems":1,"items":{"anyOf":[{"type":"number"},{"type":"null"}]}}},"required":["type"]}""",
            request!.Tools[0].Schema.GetRawText());
        Assert.Equal("""{"type":"integer"}""", request.Output!.Schema.GetRawText());
    }

    [Theory]
    [InlineData("AUTO", ToolChoiceMode.Auto)]
    [InlineData("ANY", ToolChoiceMode.Required)]
    [InlineData("NONE", ToolChoiceMode.None)]
    [InlineData("VALIDATED", ToolChoiceMode.Auto)]
    public void ReadRequest_FunctionCallingMode_IsAToolChoice(string mode, ToolChoiceMode expected)
    {
        var request = FormatRun.Read(Format, """{"contents":[{"parts":[{"text":"x"}]}],"toolConfig":{"functionCallingConfig":{"mode":"?"}}}""".Replace("?", mode, StringComparison.Ordinal)).Request!;

        Assert.Equal(expected, request.ToolChoice!.Mode);
    }

    [Fact]
    public void ReadRequest_WrongInManyWays_TellsAllOfThem()
    {
        var (request, issues) = FormatRun.Read(Format, """
            {"contents":[{"role":"robot","parts":[{"text":7},{"functionCall":{}},{"inlineData":{}},3]},5],"tools":[{"functionDeclarations":[{}]}],"generationConfig":{"temperature":"hot","maxOutputTokens":1.5,"stopSequences":[1]},"toolConfig":{"functionCallingConfig":{"mode":"MAYBE"}}}
            """);

        Assert.Null(request);
        Assert.Equal(
            ["contents[0].parts[0].text", "contents[0].parts[1].functionCall.name", "contents[0].parts[2].inlineData.data", "contents[0].parts[2].inlineData.mimeType", "contents[0].parts[3]", "contents[0].role", "contents[1]", "generationConfig.maxOutputTokens", "generationConfig.stopSequences[0]", "generationConfig.temperature", "toolConfig.functionCallingConfig.mode", "tools[0].functionDeclarations[0].name"],
            FormatRun.Fields(issues).Order(StringComparer.Ordinal));
        Assert.All(issues.All, i => Assert.True(i.IsError));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("""{"contents":[]}""")]
    [InlineData("""{"contents":"x"}""")]
    public void ReadRequest_NoRequestAtAll_IsAnError(string text)
    {
        var (request, issues) = FormatRun.Read(Format, text);

        Assert.Null(request);
        Assert.True(issues.HasErrors);
    }

    [Fact]
    public void ReadRequest_ToolsAndFieldsOfGoogle_AreInexpressible()
    {
        var (request, issues) = FormatRun.Read(Format, """
            {"contents":[{"parts":[{"text":"x"},{"executableCode":{}}]}],"tools":[{"googleSearch":{}}],"cachedContent":"c","safetySettings":[{"category":"x","threshold":"BLOCK_NONE"}],
             "generationConfig":{"responseModalities":["IMAGE"],"speechConfig":{}},"labels":{"a":"b"}}
            """);

        Assert.NotNull(request);
        Assert.Equal(["contents[0].parts[1].executableCode", "tools[0].googleSearch", "generationConfig.responseModalities", "generationConfig.speechConfig", "cachedContent"], FormatRun.Fields(issues));
        Assert.Equal(["safetySettings"], FormatRun.Fields(FormatRun.Read(Format, """{"contents":[{"parts":[{"text":"x"}]}],"safetySettings":[{"threshold":"BLOCK_LOW_AND_ABOVE"}]}""").Issues));
    }

    [Theory]
    [InlineData("gemini-2.5-pro", "low", """{"thinkingBudget":1024}""")]
    [InlineData("gemini-2.5-flash", "none", """{"thinkingBudget":0}""")]
    [InlineData("gemini-3-pro-preview", "high", """{"thinkingLevel":"high"}""")]
    [InlineData("gemini-3-flash", "none", """{"thinkingLevel":"minimal"}""")]
    public void WriteRequest_Effort_IsALevelOrABudget(string model, string effort, string expected)
    {
        var request = new ChatRequest { Model = model, Messages = [new Message(MessageRole.User, [new TextPart("x")])], Reasoning = new ReasoningSettings { Effort = effort } };

        FormatRun.SameJson($$$"""{"contents":[{"role":"user","parts":[{"text":"x"}]}],"generationConfig":{"thinkingConfig": {{{expected}}} }}""", FormatRun.Write(Format, request).Json);
    }

    [Fact]
    public void WriteRequest_OfAnAnthropicConversation_HasOneContentOfAllResultsWithTheirNames()
    {
        var (request, _) = FormatRun.Read(new AnthropicMessagesFormat(), FormatRun.FixtureText("AnthropicMessages/request.json"));
        var (json, issues) = FormatRun.Write(Format, request!);
        var contents = FormatRun.Json(json).GetProperty("contents");

        Assert.Equal(["messages[1].parts[3]", "messages[1].parts[6]", "parallelToolCalls", "tools[0].strict"], FormatRun.Fields(issues));
        Assert.Equal(["user", "model", "user", "user", "model"], contents.EnumerateArray().Select(c => c.GetProperty("role").GetString()));
        Assert.Equal(["depth", "wind"], contents[2].GetProperty("parts").EnumerateArray().Select(p => p.GetProperty("functionResponse").GetProperty("name").GetString()));
        Assert.DoesNotContain("signed", json, StringComparison.Ordinal);
    }

    [Fact]
    public void CountRequest_WholeOrContentsAlone_IsRead()
    {
        var issues = new Models.Formats.FormatIssues();
        var request = Format.ReadCountRequest(FormatRun.Json("""{"contents":[{"parts":[{"text":"x"}]}]}"""), issues)! with { Model = "gemini-2.5-pro" };
        var written = FormatRun.Text(json => Format.WriteCountRequest(request, json, issues));

        Assert.Empty(issues.All);
        FormatRun.SameJson("""{"generateContentRequest":{"model":"models/gemini-2.5-pro","contents":[{"role":"user","parts":[{"text":"x"}]}]}}""", written);
        Assert.Equal("models/gemini-2.5-pro", Format.ReadCountRequest(FormatRun.Json(written), issues)!.Model);
        Assert.Equal(7, Format.ReadCount(FormatRun.Json(FormatRun.Text(json => Format.WriteCount(7, json)))));
    }
}
