using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>Reads the chunks of a streamed answer, in what chat and the older completions have in common: terminator, errors, the begin, usage. What choices say is each format's own.</summary>
internal abstract class OpenAiChunkReader : IStreamReader
{
    private bool _started;

    public bool Read(in StreamFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) return true;
        if (_started && TryReadPlain(frame.Data.Span, events)) return true;
        try
        {
            using var parsed = JsonDocument.Parse(frame.Data);
            return Read(parsed.RootElement, events);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>A quicker way for the chunks most streams consist of: false, and nothing told, for all others.</summary>
    protected virtual bool TryReadPlain(ReadOnlySpan<byte> chunk, ICollection<ChatEvent> events) => false;

    /// <summary>Tells what a choice says.</summary>
    protected abstract void ReadChoice(JsonElement choice, int index, ICollection<ChatEvent> events);

    /// <summary>Tells what stands beside the choices.</summary>
    protected virtual void ReadBeside(JsonElement chunk, ICollection<ChatEvent> events)
    {
    }

    private bool Read(JsonElement chunk, ICollection<ChatEvent> events)
    {
        if (OpenAiErrors.Of(chunk, 0) is { } error)
        {
            events.Add(new Failed(error));
            return true;
        }

        if (chunk.ValueKind != JsonValueKind.Object) return false;
        // Azure tells what it thinks of the prompt first, in a chunk without id, model and choices.
        if (!_started && chunk.Field("choices") is { ValueKind: JsonValueKind.Array } list && (list.GetArrayLength() > 0 || chunk.Text("id") is { Length: > 0 }))
        {
            _started = true;
            events.Add(new Started(chunk.Text("id") ?? "", chunk.Text("model") ?? "", chunk.Whole("created")));
        }

        foreach (var choice in chunk.Items("choices")) ReadChoice(choice, (int)Math.Clamp(choice.Whole("index") ?? 0, 0, 127), events);
        ReadBeside(chunk, events);
        if ((OpenAiUsage.Read(chunk.Field("usage")) ?? OpenAiUsage.Read(chunk.Field("x_groq").Field("usage"))) is { } usage) events.Add(new Used(usage));
        return true;
    }
}
