using System.Buffers;
using System.Text.Json;

namespace Tidegate.Models.Streaming.Ndjson;

/// <summary>Writes one JSON value per line.</summary>
public static class NdjsonFrameWriter
{
    private static readonly JsonWriterOptions Options = new() { SkipValidation = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes one line.</summary>
    public static void Write<T>(IBufferWriter<byte> output, T state, Action<Utf8JsonWriter, T> data)
    {
        using (var json = new Utf8JsonWriter(output, Options)) data(json, state);
        output.Write("\n"u8);
    }
}
