using System.Buffers;
using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Tests.Support;

/// <summary>Streams as bytes and as events.</summary>
internal static class Streams
{
    public static AnswerContext Context { get; } = new("my-model", "call1", DateTimeOffset.FromUnixTimeSeconds(1_760_000_000)) { StreamUsage = true };

    /// <summary>The events of a stream in any number of pieces, and how many of its frames were malformed.</summary>
    public static (List<ChatEvent> Events, int Skipped) Read(ITargetFormat format, params IEnumerable<byte[]> pieces)
    {
        var reader = format.CreateStreamReader();
        var events = new List<ChatEvent>();
        var skipped = 0;
        foreach (var frame in Frames(format, pieces))
            if (!reader.Read(frame, events)) skipped++;
        return (events, skipped);
    }

    /// <summary>The frames of a stream, each with data of its own.</summary>
    public static IEnumerable<StreamFrame> Frames(ITargetFormat format, IEnumerable<byte[]> pieces)
    {
        var frames = format.CreateFrameReader();
        var left = ReadOnlySequence<byte>.Empty;
        StreamFrame frame;
        foreach (var piece in pieces)
        {
            left = new ReadOnlySequence<byte>([.. left.ToArray(), .. piece]);
            while (frames.TryRead(ref left, out frame)) yield return frame with { Data = frame.Data.ToArray() };
        }

        while (frames.TryReadLast(ref left, out frame)) yield return frame with { Data = frame.Data.ToArray() };
    }

    /// <summary>A stream as a face writes it.</summary>
    public static string Write(IFaceFormat format, IEnumerable<ChatEvent> events, AnswerContext? context = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = format.CreateStreamWriter(context ?? Context);
        foreach (var next in events) writer.Write(next, output);
        writer.End(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>JSON as a format writes it.</summary>
    public static JsonElement Json(Action<Utf8JsonWriter> write)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream)) write(json);
        return JsonDocument.Parse(stream.ToArray()).RootElement;
    }

    /// <summary>The answer that the events tell.</summary>
    public static ChatAnswer Answer(IEnumerable<ChatEvent> events)
    {
        var builder = new AnswerBuilder();
        foreach (var next in events) builder.Add(next);
        return builder.Build();
    }
}
