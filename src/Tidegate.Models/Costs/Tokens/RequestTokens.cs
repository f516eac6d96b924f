using System.Text;
using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Costs.Tokens;

/// <summary>
/// Tokens of a request, in whatever format: of its texts, and of its tools as they are written; a few per message for what stands between them in the model's own
/// words; a flat number per image. Names, ids, addresses and base64 are not read by the model as text and do not count.
/// </summary>
public static class RequestTokens
{
    /// <summary>Tokens an image counts as: of the order vendors state for a picture of about 1000 x 1000 pixels.</summary>
    public const int PerImage = 1000;

    private const int PerMessage = 4;

    private static readonly byte[][] NotText =
    [
        .. new[]
        {
            "type", "role", "model", "id", "tool_call_id", "call_id", "tool_use_id", "url", "data", "file_data", "media_type", "mimeType", "mime_type", "detail", "format", "encoding_format", "user",
            "fileUri", "file_uri", "file_id", "signature", "thoughtSignature", "encrypted_content", "response_format", "metadata", "tool_choice", "service_tier", "previous_response_id", "reasoning_effort",
        }.Select(Encoding.UTF8.GetBytes),
    ];

    /// <summary>Counted with a tokenizer. Never throws.</summary>
    public static long Count(ReadOnlySpan<byte> request, TokenCounter counter) => Walk(request, counter);

    /// <summary>Four bytes a token: cheap enough for every call. Never throws.</summary>
    public static long Rough(ReadOnlySpan<byte> request) => Walk(request, null);

    private static long Walk(ReadOnlySpan<byte> request, TokenCounter? counter)
    {
        long tokens = 0;
        try
        {
            var json = new Utf8JsonReader(request, new JsonReaderOptions { MaxDepth = 128 });
            while (json.Read())
            {
                if (json.TokenType == JsonTokenType.String) tokens += Text(ref json, counter);
                else if (json.TokenType == JsonTokenType.PropertyName) tokens += Field(ref json, request, counter);
            }
        }
        catch (JsonException)
        {
            // It is refused elsewhere.
        }

        return tokens;
    }

    // Stands on a name. Moves over values that are no text; texts are met by the caller.
    private static long Field(ref Utf8JsonReader json, ReadOnlySpan<byte> request, TokenCounter? counter)
    {
        if (json.Is("type"u8))
        {
            json.Read();
            if (json.TokenType != JsonTokenType.String) json.Skip();
            else if (json.Is("image_url"u8) || json.Is("input_image"u8) || json.Is("image"u8)) return PerImage;
            return 0;
        }

        if (json.Is("images"u8)) return Images(ref json);
        if (json.Is("inlineData"u8) || json.Is("inline_data"u8) || json.Is("source"u8))
        {
            var isGemini = !json.Is("source"u8);
            json.Read();
            json.Skip();
            return isGemini ? PerImage : 0; // a source stands in a part whose type was counted
        }

        if (json.Is("tools"u8) || json.Is("functions"u8))
        {
            json.Read();
            var start = (int)json.TokenStartIndex;
            json.Skip();
            return Raw(request[start..(int)json.BytesConsumed], counter);
        }

        var perMessage = json.Is("role"u8) ? PerMessage : 0;
        foreach (var name in NotText)
        {
            if (!json.Is(name)) continue;
            json.Read();
            json.Skip();
            return perMessage;
        }

        return 0;
    }

    // Ollama: base64, one beside the other.
    private static long Images(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType != JsonTokenType.StartArray) return 0;
        long tokens = 0;
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            json.Skip();
            tokens += PerImage;
        }

        return tokens;
    }

    private static long Text(ref Utf8JsonReader json, TokenCounter? counter)
    {
        if (json.ValueSpan.StartsWith("data:"u8)) return 0; // an image or file written as an address
        if (counter is null) return (json.ValueSpan.Length + 3) / 4;
        try
        {
            return counter.Count(json.GetString());
        }
        catch (InvalidOperationException) // lone surrogates
        {
            return (json.ValueSpan.Length + 3) / 4;
        }
    }

    private static long Raw(ReadOnlySpan<byte> text, TokenCounter? counter) => counter is null ? (text.Length + 3) / 4 : counter.Count(System.Text.Encoding.UTF8.GetString(text));
}
