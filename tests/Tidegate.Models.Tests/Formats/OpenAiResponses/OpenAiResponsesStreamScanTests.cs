using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Formats.OpenAiResponses;
using Tidegate.Models.Tests.Support;

namespace Tidegate.Models.Tests.Formats.OpenAiResponses;

public sealed class OpenAiResponsesStreamScanTests
{
    private readonly OpenAiResponsesFormat _format = new();

    public static TheoryData<string> Fixtures => Fixture.Names("OpenAiResponses/streams", ".sse");

    [Theory]
    [MemberData(nameof(Fixtures))]
    public void Read_EveryFrameOfAFixture_SaysWhatTheFullReaderSays(string name)
    {
        var full = new ReaderStreamScan(_format.CreateStreamReader());
        var scan = _format.CreateStreamScan();
        var before = StreamSigns.None;
        foreach (var frame in Streams.Frames(_format, [Fixture.Bytes($"OpenAiResponses/streams/{name}.sse")]))
        {
            var expected = full.Read(frame);
            var found = scan.Read(frame);
            // Whether there is content matters until there was some.
            Assert.Equal(expected | before, found | before);
            before |= expected & StreamSigns.Content;
            Assert.Equal(full.Usage, scan.Usage);
        }

        Assert.Equal(full.ContentBytes > 0, scan.ContentBytes > 0);
    }

    [Fact]
    public void Read_ContentFrames_MakeNoObjects()
    {
        var scan = _format.CreateStreamScan();
        var frames = Streams.Frames(_format, [Fixture.Bytes("OpenAiResponses/streams/text.sse"), Fixture.Bytes("OpenAiResponses/streams/calls.sse"), Fixture.Bytes("OpenAiResponses/streams/summary.sse")])
            .Where(f => f.Event.EndsWith(".delta", StringComparison.Ordinal)).ToArray();
        foreach (var frame in frames) Assert.Equal(StreamSigns.Content, scan.Read(frame));

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

    [Theory]
    [InlineData("")]
    [InlineData("7")]
    [InlineData("{\"delta\":\"x\"")]
    [InlineData("{\"delta\":\"x\"} 1")]
    public void Read_BrokenDelta_IsMalformed(string data)
    {
        Assert.True(_format.CreateStreamScan().Read(new("response.output_text.delta", System.Text.Encoding.UTF8.GetBytes(data))).HasFlag(StreamSigns.Malformed));
    }

    [Fact]
    public void For_FormatsWithoutACheapWay_TakesTheFullReader()
    {
        Assert.IsType<ReaderStreamScan>(ReaderStreamScan.For(new Tidegate.Models.Formats.CohereChat.CohereChatFormat()));
        Assert.IsNotType<ReaderStreamScan>(ReaderStreamScan.For(_format));
    }
}
