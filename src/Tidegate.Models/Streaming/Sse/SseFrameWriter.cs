using System.Buffers;
using System.Text.Json;

namespace Tidegate.Models.Streaming.Sse;

/// <summary>Writes server-sent events with JSON data.</summary>
public static class SseFrameWriter
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one event; <paramref name="name"/> empty for an unnamed one.</summary>
    public static void Write<T>(IBufferWriter<byte> output, ReadOnlySpan<byte> name, T state, Action<Utf8JsonWriter, T> data)
    {
        Begin(output, name);
        using (var json = new Utf8JsonWriter(output, Options)) data(json, state);
        output.Write("\n\n"u8);
    }

    /// <summary>Writes an unnamed event of plain text, as <c>[DONE]</c>.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        output.Write("data: "u8);
        output.Write(text);
        output.Write("\n\n"u8);
    }

    private static void Begin(IBufferWriter<byte> output, ReadOnlySpan<byte> name)
    {
        if (!name.IsEmpty)
        {
            output.Write("event: "u8);
            output.Write(name);
            output.Write("\n"u8);
        }

        output.Write("data: "u8);
    }
}
