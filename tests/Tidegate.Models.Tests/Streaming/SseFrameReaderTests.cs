using System.Buffers;
using System.Text;
using FsCheck;
using FsCheck.Xunit;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Tests.Streaming;

public sealed class SseFrameReaderTests
{
    [Theory]
    [InlineData("data: a\n\ndata: b\n\n", "|a;|b")]
    [InlineData("data: a\r\n\r\ndata: b\r\n\r\n", "|a;|b")]
    [InlineData("data: a\r\rdata: b\r\r", "|a;|b")]
    [InlineData("event: x\ndata: a\n\ndata: b\n\n", "x|a;|b")]
    [InlineData(": ping\n\ndata:a\n\n:\n\n", "|a")]
    [InlineData("data: one\ndata: two\n\n", "|one\ntwo")]
    [InlineData("id: 7\nretry: 10\nunknown: x\ndata:  two spaces\n\n", "| two spaces")]
    [InlineData("event: lonely\n\ndata: a\n\n", "|a")]
    [InlineData("data\n\n", "|")]
    [InlineData("\uFEFFdata: a\n\n", "|a")]
    [InlineData("data: last, no empty line\n", "|last, no empty line")]
    [InlineData("data: last, no end of line", "|last, no end of line")]
    [InlineData("", "")]
    public void Read_TextOfTheStandardAndBeyond_GivesItsEvents(string text, string expected)
    {
        Assert.Equal(expected, string.Join(';', Read([Encoding.UTF8.GetBytes(text)])));
    }

    [Property]
    public void Read_HoweverTheNetworkCutIt_GivesTheSame(PositiveInt seed)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("event: message_start\r\ndata: {\"a\":\"ü€\"}\r\n\r\n: ping\r\n\r\ndata: 1\ndata: 2\n\nevent: end\rdata: [DONE]\r\rdata: x");
        var random = new System.Random(seed.Get);
        var chunks = new List<byte[]>();
        for (var at = 0; at < bytes.Length;)
        {
            var length = Math.Min(random.Next(1, 9), bytes.Length - at);
            chunks.Add(bytes[at..(at + length)]);
            at += length;
        }

        Assert.Equal(Read([bytes]), Read(chunks));
        Assert.Equal(Read([bytes]), ReadSegments(chunks));
        Assert.Equal(["message_start|{\"a\":\"ü€\"}", "|1\n2", "end|[DONE]", "|x"], Read(chunks));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Read_AtCarriageReturn_DoesNotWaitForTheFeed(bool inPieces)
    {
        var reader = new SseFrameReader();
        var first = new Segment("data: a\r\n"u8.ToArray(), null);
        var buffer = inPieces ? new ReadOnlySequence<byte>(first, 0, new Segment("\r"u8.ToArray(), first), 1) : new ReadOnlySequence<byte>("data: a\r\n\r"u8.ToArray());

        Assert.True(reader.TryRead(ref buffer, out var frame));
        Assert.Equal("a", Encoding.UTF8.GetString(frame.Data.Span));

        buffer = new ReadOnlySequence<byte>("\ndata: b\r\n\r\n"u8.ToArray());
        Assert.True(reader.TryRead(ref buffer, out frame));
        Assert.Equal("b", Encoding.UTF8.GetString(frame.Data.Span));
    }

    [Theory]
    [InlineData("data: 0123456789\n")]
    [InlineData("data: 01234567\ndata: 01234567\n\n")]
    [InlineData("0123456789012345678901234567890")]
    public void Read_EventBeyondTheLimit_BreaksTheStream(string text)
    {
        Assert.Throws<FormatException>(() => Read([Encoding.UTF8.GetBytes(text)], mostBytes: 9));
    }

    // The same in one sequence of many pieces, as pipes give it.
    private static List<string> ReadSegments(List<byte[]> chunks)
    {
        var reader = new SseFrameReader();
        var found = new List<string>();
        var first = new Segment(chunks[0], null);
        var last = chunks.Skip(1).Aggregate(first, (before, chunk) => new Segment(chunk, before));
        var left = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        StreamFrame frame;
        while (reader.TryRead(ref left, out frame) || reader.TryReadLast(ref left, out frame)) found.Add($"{frame.Event}|{Encoding.UTF8.GetString(frame.Data.Span)}");
        return found;
    }

    private static List<string> Read(IEnumerable<byte[]> chunks, int mostBytes = 1 << 20)
    {
        var reader = new SseFrameReader(mostBytes);
        var found = new List<string>();
        var left = ReadOnlySequence<byte>.Empty;
        byte[] bytes = [];
        foreach (var chunk in chunks)
        {
            byte[] more = [.. left.ToArray(), .. chunk];
            Array.Fill(bytes, (byte)'!'); // what was read is another's by then
            left = new ReadOnlySequence<byte>(bytes = more);
            while (reader.TryRead(ref left, out var frame)) found.Add($"{frame.Event}|{Encoding.UTF8.GetString(frame.Data.Span)}");
        }

        while (reader.TryReadLast(ref left, out var frame)) found.Add($"{frame.Event}|{Encoding.UTF8.GetString(frame.Data.Span)}");
        return found;
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, Segment? before)
        {
            Memory = bytes;
            if (before is null) return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
