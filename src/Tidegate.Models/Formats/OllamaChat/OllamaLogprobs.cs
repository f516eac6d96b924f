using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OllamaChat;

/// <summary><c>logprobs</c>: tokens with the likely ones of their place inside.</summary>
internal static class OllamaLogprobs
{
    public static IReadOnlyList<TokenLogprob> Read(JsonElement data) => [.. data.Items("logprobs").Select(Token)];

    public static void Write(Utf8JsonWriter json, IReadOnlyList<TokenLogprob> tokens)
    {
        if (tokens.Count > 0) WriteAll(json, "logprobs", tokens);
    }

    private static void WriteAll(Utf8JsonWriter json, string name, IReadOnlyList<TokenLogprob> tokens)
    {
        json.WriteStartArray(name);
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            json.WriteString("token", token.Token);
            json.WriteNumber("logprob", token.Logprob);
            if (token.Top.Count > 0) WriteAll(json, "top_logprobs", token.Top);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static TokenLogprob Token(JsonElement token) => new(token.Text("token") ?? "", token.Number("logprob") ?? 0, [.. token.Items("top_logprobs").Select(Token)]);
}
