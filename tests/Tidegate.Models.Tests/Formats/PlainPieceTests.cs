using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Streaming;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats;

/// <summary>The quick way for frames that add a piece of text says what the full reader says. Names with escapes are left to the full reader: the same frames with such names are read by it.</summary>
public sealed class PlainPieceTests
{
    private static readonly OpenAiChatFormat OpenAi = new();
    private static readonly AnthropicMessagesFormat Anthropic = new();

    public static TheoryData<string> Fixtures => [.. Fixture.Names("OpenAiChat/streams", ".sse").Select(r => $"OpenAiChat/streams/{r.Data}.sse"), "AnthropicMessages/stream.sse"];

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_EveryFrameOfAFixture_SaysWhatTheFullReaderSays(string fixture) => Same(fixture, static (frame, _) => frame);

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_OneOddValueInEveryFrame_SaysWhatTheFullReaderSays(string fixture)
    {
        for (var seed = 0; seed < 200; seed++) Same(fixture, (frame, at) => IsJson(frame) ? frame with { Data = Mutated.Of(frame.Data.ToArray(), (seed * 131) + at) } : frame);
    }

    [Theory]
    [InlineData("""{"choices":[{"delta":{"content":"x","content":null}}]}""", "")]
    [InlineData("""{"choices":[{"delta":{"content":null,"content":"x"}}]}""", "x")]
    [InlineData("""{"choices":[{"delta":{"content":"x","reasoning_content":""}}]}""", "x")]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":"","reasoning":"x"}}]}""", "")]
    [InlineData("""{"choices":[{"delta":{"reasoning_content":null,"reasoning":"x"}}]}""", "(x)")]
    [InlineData("""{"choices":[{"delta":{"content":"y","reasoning":"x"}}]}""", "(x)y")]
    [InlineData("""{"choices":[{"delta":{"content":"x"},"delta":{"content":"y"}}]}""", "y")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}],"choices":[]}""", "")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}},{"index":1,"delta":{"content":"y"}}]}""", "xy")]
    [InlineData("""{"choices":[{"delta":{"content":"x"},"message":{"content":"y"}}]}""", "x")]
    [InlineData("""{"choices":[{"delta":{"content":"a\nb\u00fc"},"index":3,"finish_reason":null,"logprobs":null}],"usage":null,"error":null}""", "a\nbü")]
    [InlineData("""{"choices":[{"delta":{"content":"\ud83d"}}]}""", "\ufffd")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}],"object":"error"}""", "!")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}],"error":"no"}""", "!")]
    [InlineData("""{"choices":[{"delta":{"content":"x","tool_calls":[]}}]}""", "x")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]} {}""", "")]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}]""", "")]
    public void Read_OddChunksOfOpenAi_SayWhatTheFullReaderSays(string data, string expected) => Odd(OpenAi, data, expected);

    [Theory]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x"}}""", "x")]
    [InlineData("""{"delta":{"text":"x","type":"text_delta"},"type":"content_block_delta"}""", "x")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x","text":""}}""", "")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"","text":"x"}}""", "x")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","text":"x"}}""", "")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"thinking_delta","thinking":"x","type":"text_delta","text":"y"}}""", "y")]
    [InlineData("""{"type":"ping","index":0,"delta":{"type":"text_delta","text":"x"},"type":"content_block_delta"}""", "x")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x"},"type":"ping"}""", "")]
    [InlineData("""{"type":"content_block_delta","index":"0","delta":{"type":"text_delta","text":"x"}}""", "x")]
    [InlineData("""{"type":"content_block_delta","index":9,"delta":{"type":"input_json_delta","partial_json":"{}"}}""", "")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"\udc00 \t"}}""", "\ufffd \t")]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x"}}]""", "")]
    public void Read_OddEventsOfAnthropic_SayWhatTheFullReaderSays(string data, string expected) => Odd(Anthropic, data, expected);

    [Fact]
    public void Read_PlainPieces_MakeNothingButTextAndEvent()
    {
        // 24 bytes of the text, 40 of the event; a document would be several hundred.
        Assert.InRange(BytesPerFrame(OpenAi, """{"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"content":"x"},"finish_reason":null}]}"""), 1, 100);
        Assert.InRange(BytesPerFrame(Anthropic, """{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"x"}}"""), 1, 100);
    }

    private static void Same(string fixture, Func<StreamFrame, int, StreamFrame> change)
    {
        ITargetFormat format = fixture.StartsWith("OpenAi", StringComparison.Ordinal) ? OpenAi : Anthropic;
        var (quick, full) = (format.CreateStreamReader(), format.CreateStreamReader());
        var at = 0;
        foreach (var original in Streams.Frames(format, [Fixture.Bytes(fixture)]))
        {
            var frame = change(original, at++);
            var (events, expected) = (new List<ChatEvent>(), new List<ChatEvent>());
            Assert.Equal(full.Read(WithEscapes(frame), expected), quick.Read(frame, events));
            Assert.True(WithoutEscapes(Dump.Lines(expected)) == Dump.Lines(events), Encoding.UTF8.GetString(frame.Data.Span));
        }
    }

    private static void Odd(ITargetFormat format, string data, string expected)
    {
        var (quick, full) = (format.CreateStreamReader(), format.CreateStreamReader());
        foreach (var reader in (IStreamReader[])[quick, full]) reader.Read(Frame("""{"choices":[{"delta":{"role":"assistant"}}]}"""), []); // a stream that has begun
        var (events, fully) = (new List<ChatEvent>(), new List<ChatEvent>());
        var frame = Frame(data);

        Assert.Equal(full.Read(WithEscapes(frame), fully), quick.Read(frame, events));
        Assert.Equal(expected, string.Concat(events.Select(Tell)));
        Assert.Equal(WithoutEscapes(Dump.Lines(fully)), Dump.Lines(events));
    }

    private static string Tell(ChatEvent next) => next switch
    {
        TextDelta text => text.Text,
        ReasoningDelta thought => $"({thought.Text})",
        Failed => "!",
        _ => next.ToString(),
    };

    private static StreamFrame Frame(string data) => new("", Encoding.UTF8.GetBytes(data));

    private static StreamFrame WithEscapes(StreamFrame frame) => frame with
    {
        Data = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(frame.Data.Span)
            .Replace("\"delta\":", "\"\\u0064elta\":", StringComparison.Ordinal).Replace("\"choices\":", "\"\\u0063hoices\":", StringComparison.Ordinal)),
    };

    private static string WithoutEscapes(string text) => text.Replace("\\u0064elta", "delta", StringComparison.Ordinal).Replace("\\u0063hoices", "choices", StringComparison.Ordinal);

    private static bool IsJson(StreamFrame frame)
    {
        try
        {
            JsonDocument.Parse(frame.Data).Dispose();
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static double BytesPerFrame(ITargetFormat format, string data)
    {
        var reader = format.CreateStreamReader();
        var frame = Frame(data);
        var events = new List<ChatEvent>();
        reader.Read(frame, events);
        var least = double.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
            {
                events.Clear();
                reader.Read(frame, events);
            }

            least = Math.Min(least, (GC.GetAllocatedBytesForCurrentThread() - before) / 1000.0);
        }

        return least;
    }
}
