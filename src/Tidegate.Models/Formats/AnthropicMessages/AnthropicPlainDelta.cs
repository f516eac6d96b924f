using System.Text.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>
/// An event that adds a piece of text, thoughts or arguments to a block: nearly all events of a stream. Read in one pass, without a document of it. What is in doubt (a name twice or
/// with escapes, text that is no Unicode) is left to the full reader.
/// </summary>
/// <param name="Index">Which block.</param>
/// <param name="Text">The piece; never empty.</param>
/// <param name="Kind">What it is a piece of.</param>
internal readonly record struct AnthropicPlainDelta(long Index, string Text, AnthropicPlainDelta.Piece Kind)
{
    internal enum Piece
    {
        None,
        Text,
        Thinking,
        Arguments,
        Other,
    }

    /// <summary>Reads an event's data; false when it is not so plain.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out AnthropicPlainDelta delta)
    {
        delta = default;
        try
        {
            var json = new Utf8JsonReader(data);
            long index = 0;
            var isDelta = false;
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                if (json.ValueIsEscaped) return false;
                if (json.ValueSpan.SequenceEqual("type"u8))
                {
                    isDelta = json.Read() && json.TokenType == JsonTokenType.String && json.ValueSpan.SequenceEqual("content_block_delta"u8);
                    if (!isDelta) return false;
                }
                else if (json.ValueSpan.SequenceEqual("index"u8))
                {
                    if (!json.Read() || json.TokenType != JsonTokenType.Number || !json.TryGetInt64(out index)) return false;
                }
                else if (json.ValueSpan.SequenceEqual("delta"u8))
                {
                    if (delta.Text is not null || !TryReadDelta(ref json, out delta)) return false;
                }
                else
                {
                    json.Skip();
                }
            }

            delta = delta with { Index = index };
            return isDelta && delta.Text is not null && !json.Read();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    private static bool TryReadDelta(ref Utf8JsonReader json, out AnthropicPlainDelta delta)
    {
        delta = default;
        Piece type = Piece.None, field = Piece.None;
        string? text = null;
        if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return false;
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.ValueIsEscaped) return false;
            if (json.ValueSpan.SequenceEqual("type"u8))
            {
                if (type != Piece.None || !json.Read() || json.TokenType != JsonTokenType.String) return false;
                type = TypeOf(json.ValueSpan);
            }
            else if (FieldOf(json.ValueSpan) is var piece && piece != Piece.Other)
            {
                if (text is not null || !json.Read() || json.TokenType != JsonTokenType.String) return false;
                (field, text) = (piece, json.GetString()!);
            }
            else
            {
                json.Skip();
            }
        }

        if (field != type || string.IsNullOrEmpty(text)) return false;
        delta = new AnthropicPlainDelta(0, text, type);
        return true;
    }

    private static Piece TypeOf(ReadOnlySpan<byte> type) =>
        type.SequenceEqual("text_delta"u8) ? Piece.Text : type.SequenceEqual("thinking_delta"u8) ? Piece.Thinking : type.SequenceEqual("input_json_delta"u8) ? Piece.Arguments : Piece.Other;

    private static Piece FieldOf(ReadOnlySpan<byte> name) =>
        name.SequenceEqual("text"u8) ? Piece.Text : name.SequenceEqual("thinking"u8) ? Piece.Thinking : name.SequenceEqual("partial_json"u8) ? Piece.Arguments : Piece.Other;
}
