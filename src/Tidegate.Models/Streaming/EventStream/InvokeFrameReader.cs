using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Streaming.EventStream;

/// <summary>Bedrock's <c>InvokeModelWithResponseStream</c>: the model's own events, in base64, in messages named <c>chunk</c>.</summary>
public sealed class InvokeFrameReader : IFrameReader
{
    private readonly EventStreamFrameReader _messages = new();

    /// <inheritdoc/>
    public bool TryRead(ref ReadOnlySequence<byte> buffer, out StreamFrame frame)
    {
        if (!_messages.TryRead(ref buffer, out frame)) return false;
        if (frame.Event == "chunk") frame = new StreamFrame("", Inner(frame.Data));
        return true;
    }

    /// <inheritdoc/>
    public bool TryReadLast(ref ReadOnlySequence<byte> buffer, out StreamFrame frame) => TryRead(ref buffer, out frame);

    // What is no chunk after all goes on as it is, and is malformed to whoever reads it.
    private static ReadOnlyMemory<byte> Inner(ReadOnlyMemory<byte> payload)
    {
        try
        {
            using var document = JsonDocument.Parse(payload);
            return document.RootElement.Field("bytes") is { ValueKind: JsonValueKind.String } bytes && bytes.TryGetBytesFromBase64(out var inner) ? inner : payload;
        }
        catch (JsonException)
        {
            return payload;
        }
    }
}
