using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiResponses;

public sealed class OpenAiResponsesStreamTests
{
    private readonly OpenAiResponsesFormat _format = new();

    public static TheoryData<string> Fixtures => Fixture.Names("OpenAiResponses/streams", ".sse");

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Write_EveryStream_NumbersItsEventsAndNamesThemTwice(string name)
    {
        var (events, _) = Streams.Read(_format, Fixture.Bytes($"OpenAiResponses/streams/{name}.sse"));

        var frames = Streams.Frames(_format, [Encoding.UTF8.GetBytes(Streams.Write(_format, events))]).ToList();

        for (var i = 0; i < frames.Count; i++)
        {
            var data = JsonDocument.Parse(frames[i].Data).RootElement;
            Assert.Equal(i, data.GetProperty("sequence_number").GetInt32());
            Assert.Equal(frames[i].Event, data.GetProperty("type").GetString());
        }
    }

    [Fact]
    public void Write_Text_TellsEveryEventOfTheFormatInItsOrder()
    {
        Assert.Equal(
        [
            "response.created", "response.in_progress", "response.output_item.added", "response.content_part.added", "response.output_text.delta", "response.output_text.delta",
            "response.output_text.done", "response.content_part.done", "response.output_item.done", "response.completed",
        ], Names("text"));
    }

    [Fact]
    public void Write_ThoughtsAndCalls_TellsEveryEventOfTheFormatInItsOrder()
    {
        Assert.Equal(
        [
            "response.created", "response.in_progress", "response.output_item.added", "response.output_item.done", "response.output_item.added", "response.function_call_arguments.delta",
            "response.function_call_arguments.delta", "response.output_item.added", "response.function_call_arguments.delta", "response.function_call_arguments.done", "response.output_item.done",
            "response.function_call_arguments.done", "response.output_item.done", "response.completed",
        ], Names("calls"));
    }

    [Theory]
    [InlineData("incomplete", "response.incomplete")]
    [InlineData("failed", "response.failed")]
    [InlineData("error_event", "response.failed")]
    [InlineData("truncated", "response.output_text.delta")]
    public void Write_StreamThatDidNotEndWell_DoesNotLookComplete(string name, string last)
    {
        Assert.Equal(last, Names(name)[^1]);
    }

    [Fact]
    public void Read_MalformedFrames_AreSkippedAndCounted()
    {
        Assert.Equal(2, Streams.Read(_format, Fixture.Bytes("OpenAiResponses/streams/malformed.sse")).Skipped);
    }

    [Fact]
    public void Write_CallsWhoseArgumentsComeInTurns_KeepsThemApart()
    {
        var text = Streams.Write(_format,
        [
            new ToolCallStarted(0, "a", "f"), new ToolCallStarted(1, "b", "g"), new ToolArgumentsDelta(0, "{\"x\":"), new ToolArgumentsDelta(1, "[]"), new ToolArgumentsDelta(0, "1}"),
            new Finished(new Finish(FinishReason.ToolCalls)),
        ]);

        var calls = Streams.Answer(Streams.Read(_format, Encoding.UTF8.GetBytes(text)).Events).Choices[0].Parts;

        Assert.Equal(["{\"x\":1}", "[]"], calls.OfType<ToolCallPart>().Select(c => c.Arguments));
    }

    private List<string> Names(string name)
    {
        var (events, _) = Streams.Read(_format, Fixture.Bytes($"OpenAiResponses/streams/{name}.sse"));
        return [.. Streams.Frames(_format, [Encoding.UTF8.GetBytes(Streams.Write(_format, events))]).Select(f => f.Event)];
    }
}
