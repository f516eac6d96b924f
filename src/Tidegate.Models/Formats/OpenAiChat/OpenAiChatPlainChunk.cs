using System.Text.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>
/// A chunk that adds a piece of text, or of thoughts, to one answer and says nothing else: nearly all chunks of a stream. Read in one pass, without a document of it. What is in
/// doubt (a name twice or with escapes, text that is no Unicode, anything that is not text) is left to the full reader.
/// </summary>
/// <param name="Index">Which answer.</param>
/// <param name="Text">The piece; never empty.</param>
/// <param name="IsThought">It is thoughts.</param>
internal readonly record struct OpenAiChatPlainChunk(int Index, string Text, bool IsThought)
{
    private const int Content = 1;

    /// <summary>Reads a chunk; false when it is not so plain.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out OpenAiChatPlainChunk chunk)
    {
        chunk = default;
        try
        {
            var json = new Utf8JsonReader(data);
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueIsEscaped) return false;
                if (json.ValueSpan.SequenceEqual("choices"u8))
                {
                    if (chunk.Text is not null || !TryReadChoices(ref json, out chunk)) return false;
                }
                else if (IsBeside(json.ValueSpan))
                {
                    if (!json.Read() || json.TokenType != JsonTokenType.Null) return false;
                }
                else if (json.ValueSpan.SequenceEqual("object"u8) || json.ValueSpan.SequenceEqual("type"u8))
                {
                    if (!json.Read() || json.TokenType != JsonTokenType.String || json.ValueIsEscaped || json.ValueSpan.SequenceEqual("error"u8)) return false;
                }
                else
                {
                    json.Skip();
                }
            }

            return chunk.Text is not null && !json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool IsBeside(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("usage"u8) || name.SequenceEqual("error"u8) || name.SequenceEqual("citations"u8) || name.SequenceEqual("x_groq"u8);

    private static bool TryReadChoices(ref Utf8JsonReader json, out OpenAiChatPlainChunk chunk)
    {
        chunk = default;
        var index = 0;
        if (!json.Read() || json.TokenType != JsonTokenType.StartArray || !json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueIsEscaped) return false;
            if (json.ValueSpan.SequenceEqual("delta"u8))
            {
                if (chunk.Text is not null || !TryReadDelta(ref json, out chunk)) return false;
            }
            else if (json.ValueSpan.SequenceEqual("index"u8))
            {
                if (!json.Read() || json.TokenType != JsonTokenType.Number || !json.TryGetInt32(out index) || index is < 0 or > 127) return false;
            }
            else if (json.ValueSpan.SequenceEqual("finish_reason"u8) || json.ValueSpan.SequenceEqual("logprobs"u8))
            {
                if (!json.Read() || json.TokenType != JsonTokenType.Null) return false;
            }
            else
            {
                json.Skip();
            }
        }

        chunk = chunk with { Index = index };
        return chunk.Text is not null && json.Read() && json.TokenType == JsonTokenType.EndArray;
    }

    private static bool TryReadDelta(ref Utf8JsonReader json, out OpenAiChatPlainChunk chunk)
    {
        chunk = default;
        int seen = 0, bit;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueIsEscaped) return false;
            if ((bit = TextField(json.ValueSpan)) != 0)
            {
                if ((seen & bit) != 0 || !json.Read() || json.TokenType is not (JsonTokenType.String or JsonTokenType.Null)) return false;
                seen |= bit;
                if (json.TokenType == JsonTokenType.Null || (json.ValueSpan.Length == 0 && bit == Content)) continue;
                if (chunk.Text is not null || json.ValueSpan.Length == 0) return false; // which of two thoughts counts, the full reader knows
                chunk = new OpenAiChatPlainChunk(0, json.GetString()!, bit != Content);
            }
            else if (IsMore(json.ValueSpan))
            {
                if (!json.Read() || !IsNothing(ref json)) return false;
            }
            else
            {
                json.Skip();
            }
        }

        return chunk.Text is not null;
    }

    private static int TextField(ReadOnlySpan<byte> name) => name.SequenceEqual("content"u8) ? Content : name.SequenceEqual("reasoning_content"u8) ? 2 : name.SequenceEqual("reasoning"u8) ? 4 : 0;

    private static bool IsMore(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("tool_calls"u8) || name.SequenceEqual("refusal"u8) || name.SequenceEqual("function_call"u8) || name.SequenceEqual("reasoning_details"u8) || name.SequenceEqual("annotations"u8);

    private static bool IsNothing(ref Utf8JsonReader json) =>
        json.TokenType == JsonTokenType.Null || (json.TokenType == JsonTokenType.StartArray && json.Read() && json.TokenType == JsonTokenType.EndArray);
}
