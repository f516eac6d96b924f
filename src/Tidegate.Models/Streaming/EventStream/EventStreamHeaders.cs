using System.Buffers.Binary;
using System.Text;

namespace Tidegate.Models.Streaming.EventStream;

/// <summary>Headers of a message, as far as they tell what it is.</summary>
internal readonly record struct EventStreamHeaders(string MessageType, string EventType, string ExceptionType, string ErrorCode, string ErrorMessage)
{
    public static EventStreamHeaders Read(ReadOnlySpan<byte> headers)
    {
        var read = new EventStreamHeaders("event", "", "", "", "");
        while (!headers.IsEmpty)
        {
            var name = Take(ref headers, Take(ref headers, 1)[0]);
            var value = TakeValue(ref headers, Take(ref headers, 1)[0]);
            read = name switch
            {
                _ when name.SequenceEqual(":message-type"u8) => read with { MessageType = Encoding.UTF8.GetString(value) },
                _ when name.SequenceEqual(":event-type"u8) => read with { EventType = Encoding.UTF8.GetString(value) },
                _ when name.SequenceEqual(":exception-type"u8) => read with { ExceptionType = Encoding.UTF8.GetString(value) },
                _ when name.SequenceEqual(":error-code"u8) => read with { ErrorCode = Encoding.UTF8.GetString(value) },
                _ when name.SequenceEqual(":error-message"u8) => read with { ErrorMessage = Encoding.UTF8.GetString(value) },
                _ => read,
            };
        }

        return read;
    }

    // Types: true, false, 1, 2, 4 and 8 byte numbers, bytes, text, time, UUID.
    private static ReadOnlySpan<byte> TakeValue(ref ReadOnlySpan<byte> headers, byte type) => type switch
    {
        0 or 1 => [],
        2 => Take(ref headers, 1),
        3 => Take(ref headers, 2),
        4 => Take(ref headers, 4),
        5 or 8 => Take(ref headers, 8),
        6 or 7 => Take(ref headers, BinaryPrimitives.ReadUInt16BigEndian(Take(ref headers, 2))),
        9 => Take(ref headers, 16),
        _ => throw new FormatException($"A message of the stream has a header of the unknown type {type}."),
    };

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> headers, int count)
    {
        if (count > headers.Length) throw new FormatException("A message of the stream has headers that are cut off.");
        var taken = headers[..count];
        headers = headers[count..];
        return taken;
    }
}
