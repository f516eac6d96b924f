using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary><c>logprobsResult</c>: the tokens chosen, and in a list beside it the likely ones of every place.</summary>
internal static class GeminiLogprobs
{
    public static IReadOnlyList<TokenLogprob> Read(JsonElement candidate)
    {
        var result = candidate.Field("logprobsResult");
        var top = result.Items("topCandidates").Select(place => place.Items("candidates").Select(c => Token(c, [])).ToList()).ToList();
        return [.. result.Items("chosenCandidates").Select((chosen, i) => Token(chosen, i < top.Count ? top[i] : []))];
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<TokenLogprob> tokens)
    {
        if (tokens.Count == 0) return;
        json.WriteStartObject("logprobsResult");
        json.WriteStartArray("chosenCandidates");
        foreach (var token in tokens) Write(json, token);
        json.WriteEndArray();
        json.WriteStartArray("topCandidates");
        foreach (var token in tokens)
        {
            json.WriteStartObject();
            json.WriteStartArray("candidates");
            foreach (var other in token.Top) Write(json, other);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static TokenLogprob Token(JsonElement token, IReadOnlyList<TokenLogprob> top) => new(token.Text("token") ?? "", token.Number("logProbability") ?? 0, top);

    private static void Write(Utf8JsonWriter json, TokenLogprob token)
    {
        json.WriteStartObject();
        json.WriteString("token", token.Token);
        json.WriteNumber("logProbability", token.Logprob);
        json.WriteEndObject();
    }
}
