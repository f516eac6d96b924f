using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Json;

namespace Tidegate.Models.Streaming.EventStream;

/// <summary>
/// AWS' event-stream framing: total length, length of the headers, check of both, headers, payload, check of all. A frame's name is its <c>:event-type</c>; that of an
/// exception its <c>:exception-type</c>, which always ends in <c>Exception</c>. A wrong check breaks the stream: nothing after it can be trusted.
/// </summary>
/// <param name="mostBytes">Largest message; a longer one breaks the stream. Default 16 MiB.</param>
public sealed class EventStreamFrameReader(int mostBytes = 16 << 20) : IFrameReader
{
    private const int Prelude = 12;
    private const int Check = 4;
    private const int MostHeaders = 128 << 10;
    private byte[] _message = [];

    /// <inheritdoc/>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        frame = default;
        if (buffer.Length < Prelude) return false;
        Span<byte> prelude = stackalloc byte[Prelude];
        buffer.Slice(0, Prelude).CopyTo(prelude);
        var total = BinaryPrimitives.ReadUInt32BigEndian(prelude);
        var headers = BinaryPrimitives.ReadUInt32BigEndian(prelude[4..]);
        if (BinaryPrimitives.ReadUInt32BigEndian(prelude[8..]) != Crc32.Of(prelude[..8])) throw new FormatException("A message of the stream has a wrong prelude check: the bytes are damaged, or no AWS event stream.");
        if (total > mostBytes || headers > MostHeaders || total < Prelude + headers + Check) throw new FormatException($"A message of the stream says it has {total} bytes and {headers} of headers: that cannot be.");
        if (buffer.Length < total) return false;
        if (_message.Length < total) _message = new byte[Math.Max(total, 4096)];
        buffer.Slice(0, total).CopyTo(_message);
        buffer = buffer.Slice(total);
        var message = _message.AsMemory(0, (int)total);
        if (BinaryPrimitives.ReadUInt32BigEndian(message.Span[^Check..]) != Crc32.Of(message.Span[..^Check])) throw new FormatException("A message of the stream has a wrong check: the bytes are damaged.");
        var payload = message[(Prelude + (int)headers)..^Check];
        frame = Frame(EventStreamHeaders.Read(message.Span.Slice(Prelude, (int)headers)), payload);
        return true;
    }

    /// <inheritdoc/>
    public bool TryReadLast(ref ReadOnlySequence<byte> buffer, out StreamFrame frame) => TryRead(ref buffer, out frame);

    private static StreamFrame Frame(EventStreamHeaders headers, ReadOnlyMemory<byte> payload) => headers.MessageType switch
    {
        "exception" => new StreamFrame(Exception(headers.ExceptionType), payload),
        // An error beyond the model's protocol: code and words stand in the headers, and there is no payload.
        "error" => new StreamFrame(Exception(headers.ErrorCode), Encoding.UTF8.GetBytes($$"""{"message":{{JsonSerializer.Serialize(headers.ErrorMessage)}}}""")),
        _ => new StreamFrame(headers.EventType, payload),
    };

    private static string Exception(string name) => name.EndsWith("Exception", StringComparison.Ordinal) ? name : name + "Exception";
}
