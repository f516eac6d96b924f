using System.Buffers;
using System.Text;
using Tidegate.Models.Streaming;
using Tidegate.Models.Streaming.EventStream;

namespace Tidegate.Models.Tests.Streaming;

public sealed class EventStreamFrameReaderTests
{
    [Fact]
    public void Crc32_OfTheUsualText_IsTheKnownCheck()
    {
        Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));
        Assert.Equal(0xCBF43926u, Crc32.Of("6789"u8, Crc32.Of("12345"u8)));
    }

    // The smallest message there is, byte by byte as documented: 16 bytes, no headers, no payload.
    [Fact]
    public void Read_EmptyMessage_IsAFrame()
    {
        byte[] bytes = [0, 0, 0, 0x10, 0, 0, 0, 0, 0x05, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff];

        Assert.Equal(["|"], Read([bytes]));
    }

    [Fact]
    public void Read_EventsExceptionsAndErrors_HaveTheirNames()
    {
        byte[] bytes =
        [
            .. EventStreamBytes.Event("messageStart", "{}"),
            .. EventStreamBytes.Exception("throttlingException", "{\"message\":\"x\"}"),
            .. EventStreamBytes.Message("", (":message-type", "error"), (":error-code", "InternalError"), (":error-message", "Say \"what\"")),
        ];

        Assert.Equal(["messageStart|{}", "throttlingException|{\"message\":\"x\"}", "InternalErrorException|{\"message\":\"Say \\u0022what\\u0022\"}"], Read([bytes]));
    }

    [Fact]
    public void Read_HeadersOfEveryType_AreSkipped()
    {
        byte[] types = [1, (byte)'a', 0, 1, (byte)'b', 1, 1, (byte)'c', 2, 9, 1, (byte)'d', 3, 9, 9, 1, (byte)'e', 4, 9, 9, 9, 9, 1, (byte)'f', 5, 9, 9, 9, 9, 9, 9, 9, 9,
            1, (byte)'g', 6, 0, 2, 9, 9, 1, (byte)'h', 8, 9, 9, 9, 9, 9, 9, 9, 9, 1, (byte)'i', 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9, 9,
            11, .. ":event-type"u8, 7, 0, 1, (byte)'x'];

        Assert.Equal("x", EventStreamHeaders.Read(types).EventType);
        Assert.Throws<FormatException>(() => EventStreamHeaders.Read([1, (byte)'a', 7, 0, 5, 1]));
        Assert.Throws<FormatException>(() => EventStreamHeaders.Read([1, (byte)'a', 99]));
    }

    [Fact]
    public void Read_OneByteAfterTheOther_GivesTheSame()
    {
        byte[] bytes = [.. EventStreamBytes.Event("a", "{\"x\":\"ü\"}"), .. EventStreamBytes.Event("b", "")];

        Assert.Equal(Read([bytes]), Read(bytes.Select(b => new[] { b })));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(9)]
    [InlineData(20)]
    [InlineData(-6)]
    [InlineData(-1)]
    public void Read_ADamagedByte_BreaksTheStream(int at)
    {
        var bytes = EventStreamBytes.Event("messageStart", "{\"role\":\"assistant\"}");
        bytes[at < 0 ? bytes.Length + at : at] ^= 1;

        Assert.Throws<FormatException>(() => Read([bytes]));
    }

    [Fact]
    public void Read_HtmlInsteadOfAStream_BreaksTheStream()
    {
        Assert.Throws<FormatException>(() => Read(["<html><body>Bad gateway</body></html>"u8.ToArray()]));
    }

    [Fact]
    public void Read_MessageOverTheLimit_BreaksTheStream()
    {
        var buffer = new ReadOnlySequence<byte>(EventStreamBytes.Event("a", new string('x', 200)));

        Assert.Throws<FormatException>(() => new EventStreamFrameReader(100).TryRead(ref buffer, out _));
    }

    [Fact]
    public void Read_ChunksOfInvoke_AreTheModelsOwnEvents()
    {
        var inner = Convert.ToBase64String(Encoding.UTF8.GetBytes("{\"type\":\"ping\"}"));
        byte[] bytes = [.. EventStreamBytes.Event("chunk", $"{{\"bytes\":\"{inner}\",\"p\":\"abc\"}}"), .. EventStreamBytes.Exception("modelStreamErrorException", "{}"), .. EventStreamBytes.Event("chunk", "{")];

        Assert.Equal(["|{\"type\":\"ping\"}", "modelStreamErrorException|{}", "|{"], Read([bytes], new InvokeFrameReader()));
    }

    private static List<string> Read(IEnumerable<byte[]> chunks, IFrameReader? reader = null)
    {
        reader ??= new EventStreamFrameReader();
        var frames = new List<string>();
        byte[] left = [];
        foreach (var chunk in chunks)
        {
            left = [.. left, .. chunk];
            var buffer = new ReadOnlySequence<byte>(left);
            while (reader.TryRead(ref buffer, out var frame)) frames.Add($"{frame.Event}|{Encoding.UTF8.GetString(frame.Data.Span)}");
            left = buffer.ToArray();
        }

        var rest = new ReadOnlySequence<byte>(left);
        Assert.False(reader.TryReadLast(ref rest, out _));
        return frames;
    }
}
