using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.AnthropicMessages;
using Tidegate.Models.Formats.Gemini;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Streaming;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats;

/// <summary>Scans of streams say what the full readers say.</summary>
public sealed class StreamScanTests
{
    private static readonly AnthropicMessagesFormat Anthropic = new();
    private static readonly GeminiFormat Gemini = new();

    [Theory]
    [InlineData("AnthropicMessages/stream.sse")]
    [InlineData("Gemini/stream.sse")]
    public void Read_EveryFrameOfAFixture_SaysWhatTheFullReaderSays(string fixture)
    {
        var (format, scan) = Of(fixture);
        var reader = format.CreateStreamReader();
        Usage? usage = null;
        foreach (var frame in Streams.Frames(format, [FormatRun.Fixture(fixture)]))
        {
            var events = new List<ChatEvent>();
            var readable = reader.Read(frame, events);
            usage = events.OfType<Used>().LastOrDefault()?.Usage ?? usage;

            Assert.Equal(Signs(frame, readable, events), scan.Read(frame));
            Assert.Equal(usage, scan.Usage);
        }
    }

    [Theory]
    [InlineData("anthropic", true, """{"type":"message_delta","delta":{"stop_reason":"refusal"},"usage":{"output_tokens":5}}""")]
    [InlineData("anthropic", false, """{"type":"message_delta","delta":{"stop_reason":"max_tokens"},"usage":{"output_tokens":5}}""")]
    [InlineData("gemini", true, """{"candidates":[{"finishReason":"SAFETY"}]}""")]
    [InlineData("gemini", true, """{"candidates":[{"finishReason":"IMAGE_RECITATION"}]}""")]
    [InlineData("gemini", true, """{"promptFeedback":{"blockReason":"OTHER"}}""")]
    [InlineData("gemini", false, """{"candidates":[{"finishReason":"LANGUAGE"},{"finishReason":"STOP"}]}""")]
    [InlineData("gemini", false, """{"promptFeedback":{"blockReason":"BLOCK_REASON_UNSPECIFIED"}}""")]
    [InlineData("openai", true, """{"choices":[{"index":0,"delta":{},"finish_reason":"content_filter"}]}""")]
    [InlineData("openai", true, """{"choices":[{"index":0,"delta":{"refusal":"I cannot"}}]}""")]
    [InlineData("openai", true, """{"choices":[{"index":0,"delta":{"content":[{"type":"refusal","refusal":"no"}]}}]}""")]
    [InlineData("openai", false, """{"choices":[{"index":0,"delta":{"refusal":null,"content":"x"},"finish_reason":"stop"}]}""")]
    [InlineData("responses", true, """{"type":"response.refusal.delta","delta":"I cannot"}""")]
    [InlineData("responses", true, """{"type":"response.incomplete","response":{"status":"incomplete","incomplete_details":{"reason":"content_filter"},"output":[]}}""")]
    [InlineData("responses", false, """{"type":"response.output_text.delta","delta":"x"}""")]
    public void IsRefused_IsSeen_WhereTheFullReaderSeesIt(string format, bool expected, string data)
    {
        var (scan, full) = Both(format);
        foreach (var each in (IStreamScan[])[scan, full]) each.Read(Named(data));

        Assert.Equal((expected, expected), (full.IsRefused, scan.IsRefused));
    }

    [Theory]
    [InlineData("gemini", true, """{"candidates":[{"content":{"parts":[{"thought":true,"text":"x"}]}}]}""")]
    [InlineData("gemini", false, """{"candidates":[{"content":{"parts":[{"thought":true,"text":""},{"text":"x"}]}}]}""")]
    [InlineData("openai", true, """{"choices":[{"index":0,"delta":{"reasoning_content":"x"}}]}""")]
    [InlineData("openai", true, """{"choices":[{"index":0,"delta":{"reasoning":"x"}}]}""")]
    [InlineData("openai", true, """{"choices":[{"index":0,"delta":{"content":[{"type":"thinking","thinking":[{"type":"text","text":"x"}]}]}}]}""")]
    [InlineData("openai", false, """{"choices":[{"index":0,"delta":{"reasoning_content":"","content":"x"}}]}""")]
    [InlineData("responses", true, """{"type":"response.reasoning_summary_text.delta","delta":"x"}""")]
    [InlineData("responses", true, """{"type":"response.reasoning_text.delta","delta":"x"}""")]
    [InlineData("responses", false, """{"type":"response.output_text.delta","delta":"x"}""")]
    public void HasThoughts_AreSeen_WhereTheFullReaderSeesThem(string format, bool expected, string data)
    {
        var (scan, full) = Both(format);
        foreach (var each in (IStreamScan[])[scan, full]) each.Read(Named(data));

        Assert.Equal((expected, expected), (full.HasThoughts, scan.HasThoughts));
    }

    [Theory]
    [InlineData("""{"index":0,"delta":{"text":"x","type":"text_delta"},"type":"content_block_delta"}""", StreamSigns.Content)]
    [InlineData("""{"type":"content_block_delta","index":0,"delta":{"type":"text_delta","text":"","thinking":"x"}}""", StreamSigns.None)]
    [InlineData("""{"type":"content_block_delta","index":9,"delta":{"type":"input_json_delta","partial_json":"{}"}}""", StreamSigns.None)]
    [InlineData("""{"type":"content_block_delta","delta":[]}""", StreamSigns.None)]
    [InlineData("""{"type":"content_block_delta","index":"x","delta":{"type":7,"text":{"a":[1]}}}""", StreamSigns.None)]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"text","text":"x"}}""", StreamSigns.Content)]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"input":{"a":1},"type":"tool_use"}}""", StreamSigns.Content)]
    [InlineData("""{"type":"content_block_start","index":0,"content_block":{"type":"redacted_thinking","data":"x"}}""", StreamSigns.Content)]
    [InlineData("""{"type":"content_block_stop","index":0}""", StreamSigns.None)]
    [InlineData("""{"type":"message_start","message":7}""", StreamSigns.None)]
    [InlineData("""{"type":"message_start","message":{"usage":{"input_tokens":"many","output_tokens_details":[]}}}""", StreamSigns.Usage)]
    [InlineData("""{"type":"message_delta","delta":{"stop_reason":null},"usage":null}""", StreamSigns.None)]
    [InlineData("""{"type":"message_delta","delta":{"stop_reason":"end_turn"},"usage":{"output_tokens":5}}""", StreamSigns.Finish | StreamSigns.Usage)]
    [InlineData("""{"type":"message_stop"}""", StreamSigns.Finish | StreamSigns.Done)]
    [InlineData("""{"type":"error","error":{"type":"overloaded_error"}}""", StreamSigns.Error)]
    [InlineData("""{"type":"tomorrow"}""", StreamSigns.None)]
    [InlineData("""{"t\u0079pe":"ping"}""", StreamSigns.None)]
    [InlineData("""{"type":7}""", StreamSigns.Malformed)]
    [InlineData("""{}""", StreamSigns.Malformed)]
    [InlineData("""[]""", StreamSigns.Malformed)]
    [InlineData("""{"type":"ping"} {}""", StreamSigns.Malformed)]
    [InlineData("""{"type":"message_stop""", StreamSigns.Malformed)]
    [InlineData("", StreamSigns.Malformed)]
    public void Read_OddFramesOfAnthropic_SayWhatTheFullReaderSays(string data, StreamSigns expected) => Same(Anthropic, Anthropic.CreateStreamScan(), data, expected);

    [Theory]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":""},7,{"inlineData":{}}]}}]}""", StreamSigns.None)]
    [InlineData("""{"candidates":[{"content":{"parts":[{"thought":true,"text":"x"}]}}]}""", StreamSigns.Content)]
    [InlineData("""{"candidates":[{"content":{"parts":[{"text":"","thoughtSignature":"x"}]}}]}""", StreamSigns.Content)]
    [InlineData("""{"candidates":[{"content":{"parts":[{"functionCall":{}}]}}]}""", StreamSigns.Content)]
    [InlineData("""{"candidates":[{"content":{"parts":[{"functionCall":7}]}}]}""", StreamSigns.None)]
    [InlineData("""{"candidates":[{"finishReason":"STOP","index":1},{"finishReason":"FINISH_REASON_UNSPECIFIED"}]}""", StreamSigns.Finish)]
    [InlineData("""{"candidates":[7,[],{"content":7,"finishReason":null}]}""", StreamSigns.None)]
    [InlineData("""{"candidates":{}}""", StreamSigns.None)]
    [InlineData("""{"candidates":null}""", StreamSigns.Malformed)]
    [InlineData("""{"usageMetadata":7}""", StreamSigns.None)]
    [InlineData("""{"usageMetadata":{"promptTokenCount":3,"totalTokenCount":9,"candidatesTokensDetails":[{"tokenCount":2,"modality":"AUDIO"},7]}}""", StreamSigns.Usage)]
    [InlineData("""{"promptFeedback":{"blockReason":"SAFETY"}}""", StreamSigns.Finish)]
    [InlineData("""{"promptFeedback":{"blockReason":"BLOCK_REASON_UNSPECIFIED"}}""", StreamSigns.None)]
    [InlineData("""{"promptFeedback":{"safetyRatings":[]}}""", StreamSigns.Malformed)]
    [InlineData("""{"error":{"code":503},"candidates":[{"content":{"parts":[{"text":"x"}]}}]}""", StreamSigns.Error)]
    [InlineData("""{"error":"x","candidates":[{"content":{"parts":[{"text":"x"}]}}]}""", StreamSigns.Content)]
    [InlineData("""{}""", StreamSigns.Malformed)]
    [InlineData("""{"candidates":[]} x""", StreamSigns.Malformed)]
    [InlineData("""{"candidates":[{"content""", StreamSigns.Malformed)]
    public void Read_OddFramesOfGemini_SayWhatTheFullReaderSays(string data, StreamSigns expected) => Same(Gemini, Gemini.CreateStreamScan(), data, expected);

    [Theory]
    [InlineData("AnthropicMessages/stream.sse")]
    [InlineData("Gemini/stream.sse")]
    public void Read_EveryFrame_MakesNoObjects(string fixture)
    {
        var (format, scan) = Of(fixture);
        var frames = Streams.Frames(format, [FormatRun.Fixture(fixture)]).ToArray();
        foreach (var frame in frames) scan.Read(frame);

        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 200; i++)
                foreach (var frame in frames) scan.Read(frame);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void ContentBytes_CountTextThoughtsAndArguments()
    {
        var (_, anthropic) = Of("AnthropicMessages/stream.sse");
        foreach (var frame in Streams.Frames(Anthropic, [FormatRun.Fixture("AnthropicMessages/stream.sse")])) anthropic.Read(frame);
        var (_, gemini) = Of("Gemini/stream.sse");
        foreach (var frame in Streams.Frames(Gemini, [FormatRun.Fixture("Gemini/stream.sse")])) gemini.Read(frame);

        Assert.Equal(Encoding.UTF8.GetByteCount("""Deep enough?It is 12 m – gut.{\"berth\": 7}"""), anthropic.ContentBytes);
        Assert.Equal(Encoding.UTF8.GetByteCount("""Deep enough?Größe: 12 m.{"berth":7,"note":"\"}],[{"}{"berth":8}"""), gemini.ContentBytes);
    }

    private static (ITargetFormat Format, IStreamScan Scan) Of(string fixture) =>
        fixture.StartsWith("Gemini", StringComparison.Ordinal) ? (Gemini, Gemini.CreateStreamScan()) : (Anthropic, Anthropic.CreateStreamScan());

    private static (IStreamScan Scan, ReaderStreamScan Full) Both(string word)
    {
        ITargetFormat format = word switch { "anthropic" => Anthropic, "gemini" => Gemini, "openai" => new OpenAiChatFormat(), _ => new OpenAiResponsesFormat() };
        return (ReaderStreamScan.For(format), new ReaderStreamScan(format.CreateStreamReader()));
    }

    // The events of responses are named as their type.
    private static StreamFrame Named(string data) => new(JsonDocument.Parse(data).RootElement.TryGetProperty("type", out var type) ? type.GetString()! : "", Encoding.UTF8.GetBytes(data));

    private static void Same(ITargetFormat format, IStreamScan scan, string data, StreamSigns expected)
    {
        var frame = new StreamFrame("", Encoding.UTF8.GetBytes(data));
        var events = new List<ChatEvent>();
        var readable = format.CreateStreamReader().Read(frame, events);

        Assert.Equal(expected, scan.Read(frame));
        Assert.Equal(expected, Signs(frame, readable, events));
        Assert.Equal(events.OfType<Used>().LastOrDefault()?.Usage, scan.Usage);
    }

    private static StreamSigns Signs(StreamFrame frame, bool readable, List<ChatEvent> events)
    {
        var signs = readable ? StreamSigns.None : StreamSigns.Malformed;
        if (events.Exists(e => e.IsContent)) signs |= StreamSigns.Content;
        if (events.Exists(e => e is Finished)) signs |= StreamSigns.Finish;
        if (events.Exists(e => e is Failed)) signs |= StreamSigns.Error;
        if (events.Exists(e => e is Used)) signs |= StreamSigns.Usage;
        if (readable && Encoding.UTF8.GetString(frame.Data.Span).Contains("\"message_stop\"", StringComparison.Ordinal)) signs |= StreamSigns.Done;
        return signs;
    }
}
