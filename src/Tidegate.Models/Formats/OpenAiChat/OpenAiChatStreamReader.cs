using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Reads the chunks of a streamed answer.</summary>
internal sealed class OpenAiChatStreamReader : OpenAiChunkReader
{
    private readonly SortedDictionary<int, OpenAiChatChoiceReader> _choices = [];
    private bool _cited;

    /// <inheritdoc/>
    protected override bool TryReadPlain(ReadOnlySpan<byte> chunk, ICollection<ChatEvent> events)
    {
        if (!OpenAiChatPlainChunk.TryRead(chunk, out var plain)) return false;
        if (plain.IsThought) Choice(plain.Index).ReadThought(plain.Text, events);
        else events.Add(new TextDelta(plain.Text) { Choice = plain.Index });
        return true;
    }

    /// <inheritdoc/>
    protected override void ReadChoice(JsonElement choice, int index, ICollection<ChatEvent> events) => Choice(index).Read(choice, events);

    /// <inheritdoc/>
    protected override void ReadBeside(JsonElement chunk, ICollection<ChatEvent> events)
    {
        // Perplexity repeats the list in every chunk.
        if (_cited || chunk.Field("citations").ValueKind != JsonValueKind.Array) return;
        _cited = true;
        foreach (var citation in OpenAiCitations.ReadAddresses(chunk)) events.Add(new CitationAdded(citation));
    }

    private OpenAiChatChoiceReader Choice(int index)
    {
        if (!_choices.TryGetValue(index, out var reader)) _choices[index] = reader = new OpenAiChatChoiceReader(index);
        return reader;
    }
}
