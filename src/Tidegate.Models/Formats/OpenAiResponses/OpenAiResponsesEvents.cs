using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Numbers and frames the events of a streamed response.</summary>
internal sealed class OpenAiResponsesEvents
{
    private int _next;

    /// <summary>Where the next events go; null: nowhere, for whole answers.</summary>
    public IBufferWriter<byte>? Output { get; set; }

    /// <summary>Writes an event: its type, its number, and the fields of the caller.</summary>
    public void Write<T>(ReadOnlySpan<byte> type, T state, Action<Utf8JsonWriter, T> fields)
    {
        if (Output is null) return;
        var name = JsonEncodedText.Encode(type);
        SseFrameWriter.Write(Output, type, (Name: name, Number: _next++, State: state, Fields: fields), static (json, e) =>
        {
            json.WriteStartObject();
            json.WriteString("type", e.Name);
            json.WriteNumber("sequence_number", e.Number);
            e.Fields(json, e.State);
            json.WriteEndObject();
        });
    }
}
