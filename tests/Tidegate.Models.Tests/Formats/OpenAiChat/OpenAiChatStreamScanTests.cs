using System.Text;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiChat;
using Tidegate.Models.Streaming;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiChat;

public sealed class OpenAiChatStreamScanTests
{
    private readonly OpenAiChatFormat _format = new();

    public static TheoryData<string> Fixtures => Fixture.Names("OpenAiChat/streams", ".sse");

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_EveryFrameOfAFixture_SaysWhatTheFullReaderSays(string name)
    {
        var reader = _format.CreateStreamReader();
        var scan = _format.CreateStreamScan();
        Usage? usage = null;
        foreach (var frame in Streams.Frames(_format, [Fixture.Bytes($"OpenAiChat/streams/{name}.sse")]))
        {
            var events = new List<ChatEvent>();
            var readable = reader.Read(frame, events);
            usage = events.OfType<Used>().LastOrDefault()?.Usage ?? usage;

            Assert.Equal(Signs(frame, readable, events), scan.Read(frame));
            Assert.Equal(usage, scan.Usage);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("""{"choices":[{"delta":{"content":"x""")]
    [InlineData("\ufffd")]
    public void Read_WhatIsNoChunk_IsMalformed(string data)
    {
        Assert.Equal(StreamSigns.Malformed, _format.CreateStreamScan().Read(Frame(data)));
    }

    [Theory]
    [InlineData("""{"choices":null,"usage":7,"x_groq":[],"error":null}""", StreamSigns.None)]
    [InlineData("""{"choices":[7,[],{"delta":[],"finish_reason":{}},{"delta":{"content":{},"tool_calls":"x","reasoning_details":{},"function_call":[]}}]}""", StreamSigns.None)]
    [InlineData("""{"usage":{"prompt_tokens":"many","completion_tokens":{"a":[1]},"prompt_tokens_details":7}}""", StreamSigns.None)]
    [InlineData("""{"\u0063hoices":[{"delta":{"c\u006fntent":"x"}}]}""", StreamSigns.Content)]
    [InlineData("""{"choices":[{"delta":{"content":"x"}}],"error":"over"}""", StreamSigns.Error)]
    [InlineData("""{"choices":[{"delta":{"content":"x"},"finish_reason":"stop"}],"usage":{"prompt_tokens":1,"completion_tokens":1}}""", StreamSigns.Content | StreamSigns.Finish | StreamSigns.Usage)]
    public void Read_OddChunks_SayWhatTheFullReaderSays(string data, StreamSigns expected)
    {
        var events = new List<ChatEvent>();
        var readable = _format.CreateStreamReader().Read(Frame(data), events);

        Assert.Equal(expected, _format.CreateStreamScan().Read(Frame(data)));
        Assert.Equal(expected, Signs(Frame(data), readable, events));
    }

    [Fact]
    public void Read_ContentFrames_MakeNoObjects()
    {
        var scan = _format.CreateStreamScan();
        var frames = Streams.Frames(_format, [Fixture.Bytes("OpenAiChat/streams/text.sse"), Fixture.Bytes("OpenAiChat/streams/tools_parallel.sse"), Fixture.Bytes("OpenAiChat/streams/openrouter.sse")])
            .ToArray();
        foreach (var frame in frames) scan.Read(frame);

        var least = long.MaxValue;
        for (var round = 0; round < 5; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++)
                foreach (var frame in frames) scan.Read(frame);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }

    [Fact]
    public void ContentBytes_OfABrokenStream_CountTextThoughtsAndArguments()
    {
        var scan = _format.CreateStreamScan();

        scan.Read(Frame("""{"choices":[{"delta":{"content":"four","reasoning_content":"six six"}}]}"""));
        scan.Read(Frame("""{"choices":[{"delta":{"tool_calls":[{"index":0,"function":{"name":"f","arguments":"{}"}}]}}]}"""));

        Assert.Equal(4 + 7 + 2, scan.ContentBytes);
        Assert.Null(scan.Usage);
    }

    private static StreamFrame Frame(string data) => new("", Encoding.UTF8.GetBytes(data));

    private static StreamSigns Signs(StreamFrame frame, bool readable, List<ChatEvent> events)
    {
        var signs = readable ? StreamSigns.None : StreamSigns.Malformed;
        if (events.Exists(e => e.IsContent)) signs |= StreamSigns.Content;
        if (events.Exists(e => e is Finished)) signs |= StreamSigns.Finish;
        if (events.Exists(e => e is Failed)) signs |= StreamSigns.Error;
        if (events.Exists(e => e is Used)) signs |= StreamSigns.Usage;
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) signs |= StreamSigns.Done;
        return signs;
    }
}
