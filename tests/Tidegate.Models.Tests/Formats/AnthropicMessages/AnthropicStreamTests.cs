using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.AnthropicMessages;

namespace Tidegate.Models.Tests.Formats.AnthropicMessages;

public sealed class AnthropicStreamTests
{
    private static readonly AnthropicMessagesFormat Format = new();

    [Fact]
    public void Stream_WithEverything_TellsTheWholeAnswer()
    {
        var (events, malformed) = FormatRun.Events(Format, FormatRun.Fixture("AnthropicMessages/stream.sse"));
        var answer = FormatRun.Build(events);

        Assert.Equal(0, malformed);
        Assert.Equal("msg_02", answer.Id);
        Assert.Equal(new Usage { Input = 4320, CachedInput = 4000, CacheWrite = 300, Output = 150, Reasoning = 90 }, answer.Usage);
        Assert.Equal(FinishReason.ToolCalls, answer.Choices[0].Finish.Reason);
        Assert.Equal(5, answer.Choices[0].Parts.Count);
        Assert.Equal(new ReasoningPart("Deep enough?") { Signature = "tgAnc2ln" }, answer.Choices[0].Parts[0]);
        Assert.Equal(new ReasoningPart("") { Redacted = "tgAnb3BhcXVl" }, answer.Choices[0].Parts[1]);
        Assert.Equal("It is 12 m – gut.", Assert.IsType<TextPart>(answer.Choices[0].Parts[2]).Text);
        Assert.Equal(new ToolCallPart("toolu_9", "moor", "{\"berth\": 7}"), answer.Choices[0].Parts[3]);
        Assert.Equal(new ToolCallPart("toolu_10", "horn", "{}"), answer.Choices[0].Parts[4]);
    }

    [Fact]
    public void Stream_CutAtEveryByte_GivesTheSameEvents() => FormatRun.SameAtEveryCut(Format, FormatRun.Fixture("AnthropicMessages/stream.sse"));

    [Fact]
    public void Stream_WrittenAndReadAgain_TellsTheSame()
    {
        var events = FormatRun.Events(Format, FormatRun.Fixture("AnthropicMessages/stream.sse")).Events;
        var again = FormatRun.Events(Format, Encoding.UTF8.GetBytes(FormatRun.Stream(Format, events))).Events;

        FormatRun.SameAnswer(FormatRun.Build(events), FormatRun.Build(again));
    }

    [Fact]
    public void StreamWriter_TextAndCall_HasTheOrderTheSdksExpect()
    {
        var text = FormatRun.Stream(Format, [
            new Started("x", "m"), new TextDelta("Hi"), new ToolCallStarted(0, "c", "t"), new ToolArgumentsDelta(0, "{}"),
            new Finished(new Finish(FinishReason.ToolCalls)), new Used(new Usage { Input = 5, CachedInput = 2, Output = 3 })]);

        Assert.Equal(
            """
            event: message_start
            data: {"type":"message_start","message":{"id":"msg_call1","type":"message","role":"assistant","model":"alias","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":0,"cache_creation_input_tokens":0,"cache_read_input_tokens":0,"output_tokens":0}}}

            event: content_block_start
            data: {"type":"content_block_start","index":0,"content_block":{"type":"text","text":""}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"Hi"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":0}

            event: content_block_start
            data: {"type":"content_block_start","index":1,"content_block":{"type":"tool_use","id":"c","name":"t","input":{},"caller":{"type":"direct"}}}

            event: content_block_delta
            data: {"type":"content_block_delta","index":1,"delta":{"type":"input_json_delta","partial_json":"{}"}}

            event: content_block_stop
            data: {"type":"content_block_stop","index":1}

            event: message_delta
            data: {"type":"message_delta","delta":{"stop_reason":"tool_use","stop_sequence":null},"usage":{"input_tokens":3,"cache_creation_input_tokens":0,"cache_read_input_tokens":2,"output_tokens":3}}

            event: message_stop
            data: {"type":"message_stop"}


            """,
            text,
            ignoreLineEndingDifferences: true);
    }

    [Fact]
    public void StreamWriter_CallsThatAlternate_KeepTheirIndexes()
    {
        var text = FormatRun.Stream(Format, [
            new ToolCallStarted(0, "a", "t"), new ToolCallStarted(1, "b", "t"), new ToolArgumentsDelta(0, "{\"x\":"), new ToolArgumentsDelta(1, "{}"), new ToolArgumentsDelta(0, "1}"),
            new Finished(new Finish(FinishReason.ToolCalls))]);
        var answer = FormatRun.Build(FormatRun.Events(Format, Encoding.UTF8.GetBytes(text)).Events.Where(e => e is not ToolArgumentsDelta { Json: "{}", Call: 0 }));

        Assert.Equal("{\"x\":1}", ((ToolCallPart)answer.Choices[0].Parts[0]).Arguments);
    }

    [Fact]
    public void Stream_ErrorInside_IsAFailureAndNeverACleanEnd()
    {
        var (events, _) = FormatRun.Events(Format, Encoding.UTF8.GetBytes("""
            event: error
            data: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}


            """.ReplaceLineEndings("\n")));

        var failed = Assert.IsType<Failed>(Assert.Single(events));
        Assert.Equal(ModelErrorKind.Overloaded, failed.Error.Kind);
        var text = FormatRun.Stream(Format, [new Started("", ""), new TextDelta("Hi"), failed, new Finished(new Finish(FinishReason.Stop))]);
        Assert.EndsWith("event: error\ndata: {\"type\":\"error\",\"error\":{\"type\":\"overloaded_error\",\"message\":\"Overloaded\"}}\n\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Stream_WithoutFinish_EndsInAnError()
    {
        var text = FormatRun.Stream(Format, [new Started("", ""), new TextDelta("Hi")]);

        Assert.Contains("event: error", text, StringComparison.Ordinal);
        Assert.DoesNotContain("message_stop", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Stream_MalformedFrame_IsSkippedAndCounted()
    {
        var (events, malformed) = FormatRun.Events(Format, Encoding.UTF8.GetBytes(
            "data: {\"type\":\"content_bl\n\ndata: {\"x\":1}\n\ndata: []\n\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\"end_turn\"}}\n\ndata: {\"type\":\"tomorrow\"}\n\n"));

        Assert.Equal(3, malformed);
        Assert.Equal(FinishReason.Stop, Assert.IsType<Finished>(Assert.Single(events)).Finish.Reason);
    }

    [Fact]
    public void Stream_FinishWithoutMessageStop_IsFinished()
    {
        var bytes = FormatRun.FixtureText("AnthropicMessages/stream.sse");
        var events = FormatRun.Events(Format, Encoding.UTF8.GetBytes(bytes[..bytes.IndexOf("event: message_stop", StringComparison.Ordinal)])).Events;

        Assert.Single(events.OfType<Finished>());
    }

    [Fact]
    public void Stream_CutBeforeTheFinish_HasNone()
    {
        var bytes = FormatRun.FixtureText("AnthropicMessages/stream.sse");
        var events = FormatRun.Events(Format, Encoding.UTF8.GetBytes(bytes[..bytes.IndexOf("event: message_delta", StringComparison.Ordinal)])).Events;

        Assert.Empty(events.OfType<Finished>());
    }
}
