using System.Text.Json;
using Tidegate.Models.Json;

namespace Tidegate.Models.Costs.Tokens;

/// <summary>How long an answer the caller of a request wants at most, in the words of all formats.</summary>
public static class OutputLimit
{
    /// <summary>Most tokens of one answer (null when the request does not say) and the number of answers (1 when it does not say). Never throws.</summary>
    public static (long? Tokens, int Answers) Read(ReadOnlySpan<byte> request)
    {
        long? tokens = null;
        var answers = 1;
        try
        {
            var json = new Utf8JsonReader(request, new JsonReaderOptions { MaxDepth = 128 });
            if (!json.Read() || json.TokenType != JsonTokenType.StartObject) return (null, 1);
            Fields(ref json, ref tokens, ref answers);
        }
        catch (JsonException)
        {
            // It is refused elsewhere.
        }

        return (tokens, answers);
    }

    private static void Fields(ref Utf8JsonReader json, ref long? tokens, ref int answers)
    {
        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            if (json.Is("max_tokens"u8) || json.Is("max_completion_tokens"u8) || json.Is("max_output_tokens"u8) || json.Is("maxOutputTokens"u8) || json.Is("num_predict"u8))
            {
                if (Whole(ref json) is >= 0 and var most) tokens = most;
            }
            else if (json.Is("n"u8) || json.Is("candidateCount"u8))
            {
                if (Whole(ref json) is >= 1 and var many) answers = (int)Math.Min(many, 128);
            }
            else if (json.Is("generationConfig"u8) || json.Is("options"u8))
            {
                json.Read();
                if (json.TokenType == JsonTokenType.StartObject) Fields(ref json, ref tokens, ref answers);
                else json.Skip();
            }
            else
            {
                json.Skip();
            }
        }
    }

    private static long? Whole(ref Utf8JsonReader json)
    {
        json.Read();
        if (json.TokenType == JsonTokenType.Number) return json.TryGetInt64(out var value) ? value : null;
        json.Skip();
        return null;
    }
}
