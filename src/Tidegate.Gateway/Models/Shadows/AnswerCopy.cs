using System.Buffers;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats;

namespace Tidegate.Gateway.Models.Shadows;

/// <summary>What a provider answered, byte by byte as it was read, up to a limit. Taken apart later, when nobody waits.</summary>
/// <param name="format">Format of the answer.</param>
/// <param name="isStream">It is cut into frames.</param>
internal sealed class AnswerCopy(ITargetFormat format, bool isStream)
{
    /// <summary>Most bytes kept; an answer that is longer is not compared.</summary>
    public const int Most = 1 << 20;

    private ArrayBufferWriter<byte>? _bytes = new(); // null when it is too long

    /// <summary>Lets the answer of an attempt be copied while it is read.</summary>
    public static void Begin(ModelCall model, ModelAttempt attempt)
    {
        var content = attempt.Response!.Content;
        attempt.Copy = new AnswerCopy(attempt.Format, model.Stream && content.Headers.ContentType?.MediaType != "application/json");
        attempt.Response.Content = new CopiedContent(content, attempt.Copy);
    }

    /// <summary>These have come.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        if (_bytes?.WrittenCount + bytes.Length > Most) _bytes = null;
        _bytes?.Write(bytes);
    }

    /// <summary>The answer; null when it is too long or none that could be read.</summary>
    public ChatAnswer? Read()
    {
        if (_bytes is not { } kept) return null;
        try
        {
            if (isStream) return ReadStream(kept.WrittenMemory);
            using var document = JsonDocument.Parse(kept.WrittenMemory, new JsonDocumentOptions { MaxDepth = 128 });
            return format.ReadAnswer(document.RootElement);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException) // lone surrogates
        {
            return null;
        }
    }

    private ChatAnswer? ReadStream(ReadOnlyMemory<byte> bytes)
    {
        var (frames, reader, answer, events) = (format.CreateFrameReader(), format.CreateStreamReader(), new AnswerBuilder(), new List<ChatEvent>());
        var rest = new ReadOnlySequence<byte>(bytes);
        while (frames.TryRead(ref rest, out var frame) || frames.TryReadLast(ref rest, out frame))
        {
            if (frame.Data.Span.SequenceEqual("[DONE]"u8)) break;
            events.Clear();
            reader.Read(frame, events);
            foreach (var next in events) answer.Add(next);
        }

        return answer.IsFinished && answer.Error is null ? answer.Build() : null;
    }
}
