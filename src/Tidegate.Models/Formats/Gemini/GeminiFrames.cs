using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Streaming.Sse;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>The two framings of a stream: server-sent events, or the elements of one JSON array.</summary>
internal abstract class GeminiFrames
{
    public abstract void Write<T>(IBufferWriter<byte> output, T state, Action<Utf8JsonWriter, T> data);

    public abstract void End(IBufferWriter<byte> output);

    public sealed class Sse : GeminiFrames
    {
        public override void Write<T>(IBufferWriter<byte> output, T state, Action<Utf8JsonWriter, T> data) => SseFrameWriter.Write(output, [], state, data);

        public override void End(IBufferWriter<byte> output)
        {
            // No terminator.
        }
    }

    public sealed class JsonArray : GeminiFrames
    {
        private bool _begun;

        public override void Write<T>(IBufferWriter<byte> output, T state, Action<Utf8JsonWriter, T> data)
        {
            output.Write(_begun ? ",\r\n"u8 : "["u8);
            _begun = true;
            using var json = new Utf8JsonWriter(output);
            data(json, state);
        }

        public override void End(IBufferWriter<byte> output) => output.Write(_begun ? "]"u8 : "[]"u8);
    }
}
