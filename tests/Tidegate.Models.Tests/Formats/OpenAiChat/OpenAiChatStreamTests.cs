using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiChat;

public sealed class OpenAiChatStreamTests
{
    private readonly OpenAiChatFormat _format = new();

    [Fact]
    public void Read_FinishWithoutDone_IsFinished()
    {
        Assert.True(Finished("no_done"));
    }

    [Fact]
    public void Read_NeitherFinishNorDone_IsNotFinished()
    {
        Assert.False(Finished("truncated"));
    }

    [Fact]
    public void Read_MalformedFrames_AreSkippedAndCounted()
    {
        var (events, skipped) = Streams.Read(_format, Fixture.Bytes("OpenAiChat/streams/malformed.sse"));

        Assert.Equal(2, skipped);
        Assert.Equal("ab", Assert.IsType<TextPart>(Streams.Answer(events).Choices[0].Parts[0]).Text);
    }

    [Theory]
    [InlineData("truncated")]
    [InlineData("error_inside")]
    [InlineData("error_openrouter")]
    public void Write_StreamThatDidNotEndWell_HasNoTerminator(string name)
    {
        var (events, _) = Streams.Read(_format, Fixture.Bytes($"OpenAiChat/streams/{name}.sse"));

        Assert.DoesNotContain("[DONE]", Streams.Write(_format, events), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_ToolCalls_GiveIdAndNameInTheFirstPieceOnly()
    {
        var text = Streams.Write(_format,
            [new Started("x", "y"), new ToolCallStarted(0, "c1", "f"), new ToolArgumentsDelta(0, "{}"), new Finished(new Finish(FinishReason.ToolCalls))]);

        Assert.Equal("""
            data: {"id":"x","object":"chat.completion.chunk","created":1760000000,"model":"my-model","choices":[{"index":0,"delta":{"role":"assistant","tool_calls":[{"index":0,"id":"c1","type":"function","function":{"name":"f","arguments":""}}]},"finish_reason":null}],"usage":null}

            data: {"id":"x","object":"chat.completion.chunk","created":1760000000,"model":"my-model","choices":[{"index":0,"delta":{"tool_calls":[{"index":0,"function":{"arguments":"{}"}}]},"finish_reason":null}],"usage":null}

            data: {"id":"x","object":"chat.completion.chunk","created":1760000000,"model":"my-model","choices":[{"index":0,"delta":{},"finish_reason":"tool_calls"}],"usage":null}

            data: [DONE]


            """, text);
    }

    [Theory]
    [InlineData("openai_chat")]
    [InlineData("openai_responses")]
    public void Write_CallWithoutArguments_IsAnEmptyObject(string face)
    {
        IFaceFormat writer = face == _format.Name ? _format : new OpenAiResponsesFormat();
        ITargetFormat reader = face == _format.Name ? _format : new OpenAiResponsesFormat();

        var text = Streams.Write(writer, [new ToolCallStarted(0, "a", "f"), new ToolCallStarted(1, "b", "g"), new ToolArgumentsDelta(1, "[]"), new Finished(new Finish(FinishReason.ToolCalls))]);

        Assert.Equal(["{}", "[]"], Streams.Answer(Streams.Read(reader, Encoding.UTF8.GetBytes(text)).Events).Choices[0].Parts.OfType<ToolCallPart>().Select(c => c.Arguments));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_Usage_IsAChunkOfItsOwnWithoutChoicesWhenAskedFor(bool asked)
    {
        var text = Streams.Write(_format, [new Used(new Usage { Input = 2, Output = 3 }), new Finished(new Finish(FinishReason.Stop))], Streams.Context with { StreamUsage = asked });

        Assert.Equal(asked, text.Contains("\"choices\":[],\"usage\":{\"prompt_tokens\":2,\"completion_tokens\":3,\"total_tokens\":5", StringComparison.Ordinal));
        Assert.Equal(asked, text.Contains("\"usage\":null", StringComparison.Ordinal));
    }

    private bool Finished(string name)
    {
        var builder = new AnswerBuilder();
        foreach (var next in Streams.Read(_format, Fixture.Bytes($"OpenAiChat/streams/{name}.sse")).Events) builder.Add(next);
        return builder.IsFinished;
    }
}
