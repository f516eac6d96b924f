using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>Log probabilities: the same list in chat and in responses.</summary>
internal static class OpenAiLogprobs
{
    /// <summary>The tokens of a list; none when the element is no list.</summary>
    public static IReadOnlyList<TokenLogprob> Read(JsonElement list)
    {
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() == 0) return [];
        var tokens = new List<TokenLogprob>();
        foreach (var item in list.EnumerateArray())
        {
            if (item.Text("token") is not { } token) continue;
            var bytes = item.Items("bytes").Select(b => b.ValueKind == JsonValueKind.Number && b.TryGetByte(out var value) ? value : (byte)0).ToArray();
            tokens.Add(new TokenLogprob(token, item.Number("logprob") ?? 0, Read(item.Field("top_logprobs"))) { Bytes = IsText(token, bytes) ? null : bytes });
        }

        return tokens;
    }

    /// <summary>Writes a list.</summary>
    public static void Write(string name, IReadOnlyList<TokenLogprob> tokens, Utf8JsonWriter json, bool top = true)
    {
        json.WriteStartArray(name);
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            json.WriteString("token", token.Token);
            json.WriteNumber("logprob", token.Logprob);
            json.WriteStartArray("bytes");
            foreach (var value in token.Bytes ?? Encoding.UTF8.GetBytes(token.Token)) json.WriteNumberValue(value);
            json.WriteEndArray();
            if (top) Write("top_logprobs", token.Top, json, top: false);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static bool IsText(string token, byte[] bytes) => bytes.Length == 0 || bytes.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(token));
}
