using System.Buffers.Binary;
using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Request.Record;

/// <summary>Ids of calls: UUID version 7 (RFC 9562 §5.7), ordered by time.</summary>
internal static class CallId
{
    /// <summary>A new id; the random part comes from the process's fast source, since ids are no secrets.</summary>
    public static Guid New(DateTimeOffset now, IRandomSource random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        var milliseconds = now.ToUnixTimeMilliseconds();
        BinaryPrimitives.WriteInt32BigEndian(bytes, (int)(milliseconds >> 16));
        BinaryPrimitives.WriteInt16BigEndian(bytes[4..], (short)milliseconds);
        bytes[6] = (byte)((bytes[6] & 0x0F) | 0x70);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes, bigEndian: true);
    }
}
