using System.Buffers;
using System.Text.Json;

namespace Tidegate.Models.Streaming.Sse;

/// <summary>Writes server-sent events with JSON data.</summary>
public static class SseFrameWriter
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Streams write thousands of small frames: one writer per thread, which holds on to nothing in between.
    [ThreadStatic]
    private static Utf8JsonWriter? _idle;

    /// <summary>Writes one event; <paramref name="name"/> empty for an unnamed one.</summary>
    public static void Write<T>(IBufferWriter<byte> output, ReadOnlySpan<byte> name, T state, Action<Utf8JsonWriter, T> data)
    {
        Begin(output, name);
        var json = Take(output);
        data(json, state);
        GiveBack(json);
        output.Write("\n\n"u8);
    }

    /// <summary>Writes what stands before a text and its name, of which many frames of a stream differ only in the text: as <see cref="Write{T}"/> begins an event whose data is not at its end.</summary>
    public static byte[] Head<T>(ReadOnlySpan<byte> name, T state, Action<Utf8JsonWriter, T> data)
    {
        var output = new ArrayBufferWriter<byte>();
        Begin(output, name);
        var json = Take(output);
        data(json, state);
        GiveBack(json);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes one event: its head, a text, and what ends the JSON behind it.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> head, string text, ReadOnlySpan<byte> end)
    {
        output.Write(head);
        var json = Take(output);
        json.WriteStringValue(text);
        GiveBack(json);
        output.Write(end);
        output.Write("\n\n"u8);
    }

    /// <summary>Writes an unnamed event of plain text, as <c>[DONE]</c>.</summary>
    public static void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        output.Write("data: "u8);
        output.Write(text);
        output.Write("\n\n"u8);
    }

    private static Utf8JsonWriter Take(IBufferWriter<byte> output)
    {
        var json = _idle ?? new Utf8JsonWriter(Nowhere.Instance, Options);
        _idle = null; // one that throws is not used again
        json.Reset(output);
        return json;
    }

    private static void GiveBack(Utf8JsonWriter json)
    {
        json.Flush();
        json.Reset(Nowhere.Instance);
        _idle = json;
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

    /// <summary>The output of a writer that has none.</summary>
    private sealed class Nowhere : IBufferWriter<byte>
    {
        public static Nowhere Instance { get; } = new();

        public void Advance(int count) => throw new NotSupportedException();

        public Memory<byte> GetMemory(int sizeHint = 0) => throw new NotSupportedException();

        public Span<byte> GetSpan(int sizeHint = 0) => throw new NotSupportedException();
    }
}
