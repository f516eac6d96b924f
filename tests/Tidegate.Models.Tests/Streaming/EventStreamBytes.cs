using System.Buffers.Binary;
using System.Text;
using Tidegate.Models.Streaming.EventStream;

namespace Tidegate.Models.Tests.Streaming;

/// <summary>Messages of AWS' event stream, as Bedrock writes them.</summary>
internal static class EventStreamBytes
{
    public static byte[] Event(string name, string payload) => Message(payload, (":event-type", name), (":content-type", "application/json"), (":message-type", "event"));

    public static byte[] Exception(string name, string payload) => Message(payload, (":exception-type", name), (":content-type", "application/json"), (":message-type", "exception"));

    public static byte[] Message(string payload, params (string Name, string Value)[] headers)
    {
        var head = headers.SelectMany(h => (byte[])[(byte)h.Name.Length, .. Encoding.UTF8.GetBytes(h.Name), 7, .. Short(Encoding.UTF8.GetByteCount(h.Value)), .. Encoding.UTF8.GetBytes(h.Value)]).ToArray();
        var body = Encoding.UTF8.GetBytes(payload);
        byte[] prelude = [.. Int((uint)(12 + head.Length + body.Length + 4)), .. Int((uint)head.Length)];
        byte[] all = [.. prelude, .. Int(Crc32.Of(prelude)), .. head, .. body];
        return [.. all, .. Int(Crc32.Of(all))];
    }

    private static byte[] Int(uint value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        return bytes;
    }

    private static byte[] Short(int value) => [(byte)(value >> 8), (byte)value];
}
