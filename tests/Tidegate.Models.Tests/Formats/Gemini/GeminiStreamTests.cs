using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.Gemini;

namespace Tidegate.Models.Tests.Formats.Gemini;

public sealed class GeminiStreamTests
{
    private static readonly GeminiFormat Format = new();
    private static readonly GeminiFormat Array = new(new GeminiOptions { JsonArray = true });

    [Fact]
    public void Stream_WithEverything_TellsTheWholeAnswer()
    {
        var (events, malformed) = FormatRun.Events(Format, FormatRun.Fixture("Gemini/stream.sse"));
        var answer = FormatRun.Build(events);
        var choice = answer.Choices[0];

        Assert.Equal(0, malformed);
        Assert.Equal("resp1", answer.Id);
        Assert.Equal(new Usage { Input = 100, CachedInput = 40, Output = 50, Reasoning = 30 }, answer.Usage);
        Assert.Equal(FinishReason.ToolCalls, choice.Finish.Reason);
        Assert.Equal("Größe: 12 m.", ((TextPart)choice.Parts[1]).Text);
        // Seven bytes, five characters.
        Assert.Equal(new Citation("https://example.test/t", "Tides", null, 0, 5), Assert.Single(((TextPart)choice.Parts[1]).Citations));
        Assert.Equal("""{"berth":7,"note":"\"}],[{"}""", ((ToolCallPart)choice.Parts[2]).Arguments);
        Assert.Equal("tgGeY2FsbA==", ((ToolCallPart)choice.Parts[2]).Signature);
    }

    [Fact]
    public void Stream_AsEvents_CutAtEveryByte_GivesTheSameEvents() => FormatRun.SameAtEveryCut(Format, FormatRun.Fixture("Gemini/stream.sse"));

    [Fact]
    public void Stream_AsArray_CutAtEveryByte_GivesTheSameEvents()
    {
        var array = AsArray();
        FormatRun.SameAtEveryCut(Array, array);
        Assert.Equal(FormatRun.Tell(FormatRun.Events(Format, FormatRun.Fixture("Gemini/stream.sse")).Events), FormatRun.Tell(FormatRun.Events(Array, array).Events));
    }

    [Fact]
    public void Stream_WrittenAndReadAgain_TellsTheSame()
    {
        var events = FormatRun.Events(Format, FormatRun.Fixture("Gemini/stream.sse")).Events;

        foreach (var format in new[] { Format, Array })
        {
            var text = FormatRun.Stream(format, events);
            FormatRun.SameAnswer(FormatRun.Build(events), FormatRun.Build(FormatRun.Events(format, Encoding.UTF8.GetBytes(text)).Events));
            Assert.Contains("\"startIndex\":0,\"endIndex\":7", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void StreamWriter_CallsInPieces_AreWholeInTheLastFrame()
    {
        var text = FormatRun.Stream(Format, [
            new Started("r", "m"), new TextDelta("Hi"), new ToolCallStarted(0, "a", "t"), new ToolCallStarted(1, "b", "t"), new ToolArgumentsDelta(0, "{\"x\":"),
            new ToolArgumentsDelta(1, "{}"), new ToolArgumentsDelta(0, "1}"), new Finished(new Finish(FinishReason.ToolCalls)), new Used(new Usage { Input = 5, Output = 3 })]);

        Assert.Equal(
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"text\":\"Hi\"}],\"role\":\"model\"},\"index\":0}],\"modelVersion\":\"alias\",\"responseId\":\"r\"}\n\n" +
            "data: {\"candidates\":[{\"content\":{\"parts\":[{\"functionCall\":{\"id\":\"a\",\"name\":\"t\",\"args\":{\"x\":1}}},{\"functionCall\":{\"id\":\"b\",\"name\":\"t\",\"args\":{}}}],\"role\":\"model\"},\"finishReason\":\"STOP\",\"index\":0}]," +
            "\"usageMetadata\":{\"promptTokenCount\":5,\"candidatesTokenCount\":3,\"totalTokenCount\":8},\"modelVersion\":\"alias\",\"responseId\":\"r\"}\n\n",
            text);
    }

    [Fact]
    public void Stream_ErrorInside_IsAFailureAndNeverACleanEnd()
    {
        var events = FormatRun.Events(Array, Encoding.UTF8.GetBytes("""[{"error":{"code":503,"message":"Overloaded","status":"UNAVAILABLE"}}]""")).Events;

        var failed = Assert.IsType<Failed>(Assert.Single(events));
        Assert.Equal(ModelErrorKind.Overloaded, failed.Error.Kind);
        Assert.EndsWith("data: {\"error\":{\"code\":503,\"message\":\"Overloaded\",\"status\":\"UNAVAILABLE\"}}\n\n", FormatRun.Stream(Format, [new TextDelta("x"), failed]), StringComparison.Ordinal);
        Assert.EndsWith(",\r\n{\"error\":{\"code\":503,\"message\":\"Overloaded\",\"status\":\"UNAVAILABLE\"}}]", FormatRun.Stream(Array, [new TextDelta("x"), failed]), StringComparison.Ordinal);
    }

    [Fact]
    public void Stream_WithoutFinish_EndsInAnErrorAndHasNoFinishReason()
    {
        var text = FormatRun.Stream(Format, [new Started("", ""), new TextDelta("Hi")]);

        Assert.Contains("\"error\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("finishReason", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Stream_CutBeforeTheFinish_HasNone()
    {
        var text = FormatRun.FixtureText("Gemini/stream.sse");

        Assert.Empty(FormatRun.Events(Format, Encoding.UTF8.GetBytes(text[..text.LastIndexOf("data:", StringComparison.Ordinal)])).Events.OfType<Finished>());
    }

    [Fact]
    public void Stream_MalformedFrame_IsSkippedAndCounted()
    {
        var (events, malformed) = FormatRun.Events(Format, Encoding.UTF8.GetBytes("data: {\"cand\n\ndata: {}\n\ndata: {\"candidates\":[{\"finishReason\":\"STOP\"}]}\n\n"));

        Assert.Equal(2, malformed);
        Assert.Single(events.OfType<Finished>());
    }

    [Fact]
    public void Stream_ThatIsNoArray_IsBroken()
    {
        Assert.Throws<FormatException>(() => FormatRun.Events(Array, "<html>"u8.ToArray()));
    }

    private static byte[] AsArray() =>
        Encoding.UTF8.GetBytes("[" + string.Join(",\r\n", FormatRun.FixtureText("Gemini/stream.sse").Split("\n\n", StringSplitOptions.RemoveEmptyEntries).Select(f => f["data: ".Length..].Trim())) + "\n]\n");
}
