using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiCompletions;

/// <summary>Log probabilities as lists side by side.</summary>
internal static class OpenAiCompletionsLogprobs
{
    public static IReadOnlyList<TokenLogprob> Read(JsonElement logprobs)
    {
        var numbers = logprobs.Items("token_logprobs").ToList();
        var top = logprobs.Items("top_logprobs").ToList();
        var tokens = new List<TokenLogprob>();
        foreach (var token in logprobs.Items("tokens"))
        {
            var i = tokens.Count;
            if (token.ValueKind != JsonValueKind.String) continue;
            tokens.Add(new TokenLogprob(JsonText.Read(token), i < numbers.Count ? Number(numbers[i]) : 0, i < top.Count ? Top(top[i]) : []));
        }

        return tokens;
    }

    /// <summary>Writes the field; null when there are none. <paramref name="offset"/> is the place of the first token in the text.</summary>
    public static void Write(IReadOnlyList<TokenLogprob> tokens, int offset, Utf8JsonWriter json)
    {
        if (tokens.Count == 0)
        {
            json.WriteNull("logprobs");
            return;
        }

        json.WriteStartObject("logprobs");
        json.WriteStartArray("tokens");
        foreach (var token in tokens) json.WriteStringValue(token.Token);
        json.WriteEndArray();
        json.WriteStartArray("token_logprobs");
        foreach (var token in tokens) json.WriteNumberValue(token.Logprob);
        json.WriteEndArray();
        json.WriteStartArray("top_logprobs");
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            foreach (var other in token.Top.DistinctBy(t => t.Token, StringComparer.Ordinal)) json.WriteNumber(other.Token, other.Logprob);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("text_offset");
        foreach (var token in tokens)
        {
            json.WriteNumberValue(offset);
            offset += token.Token.Length;
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    // The first token of an echoed prompt has none.
    private static double Number(JsonElement value) => value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) && double.IsFinite(number) ? number : 0;

    private static IReadOnlyList<TokenLogprob> Top(JsonElement top)
    {
        if (top.ValueKind != JsonValueKind.Object) return [];
        try
        {
            return [.. top.EnumerateObject().Select(t => new TokenLogprob(t.NameText(), Number(t.Value), []))];
        }
        catch (InvalidOperationException)
        {
            // A token that is half a character.
            return [];
        }
    }
}
