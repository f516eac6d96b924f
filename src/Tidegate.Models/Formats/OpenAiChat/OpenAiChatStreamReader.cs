using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;
using Tidegate.Models.Streaming;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Reads the chunks of a streamed answer.</summary>
internal sealed class OpenAiChatStreamReader : IStreamReader
{
    private readonly SortedDictionary<int, OpenAiChatChoiceReader> _choices = [];
    private bool _started;
    private bool _cited;

    public bool Read(in StreamFrame frame, ICollection<ChatEvent> events)
    {
        if (frame.Data.Span.SequenceEqual("[DONE]"u8)) return true;
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

        foreach (var choice in chunk.Items("choices"))
        {
            var index = (int)Math.Clamp(choice.Whole("index") ?? 0, 0, 127);
            if (!_choices.TryGetValue(index, out var reader)) _choices[index] = reader = new OpenAiChatChoiceReader(index);
            reader.Read(choice, events);
        }

        // Perplexity repeats the list in every chunk.
        if (!_cited && chunk.Field("citations").ValueKind == JsonValueKind.Array)
        {
            _cited = true;
            foreach (var citation in OpenAiCitations.ReadAddresses(chunk)) events.Add(new CitationAdded(citation));
        }

        if ((OpenAiUsage.Read(chunk.Field("usage")) ?? OpenAiUsage.Read(chunk.Field("x_groq").Field("usage"))) is { } usage) events.Add(new Used(usage));
        return true;
    }
}
