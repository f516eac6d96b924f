using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Sources of a text: what Google's search found, and works it recites. Places in the text are counted in UTF-8 bytes here, in characters elsewhere.</summary>
internal static class GeminiCitations
{
    public static IEnumerable<Citation> Read(JsonElement candidate, string text)
    {
        var grounding = candidate.Field("groundingMetadata");
        var chunks = grounding.Items("groundingChunks").Select(c => c.Field("web").IsThere() ? c.Field("web") : c.Field("retrievedContext")).ToList();
        var used = new HashSet<int>();
        foreach (var support in grounding.Items("groundingSupports"))
        {
            var segment = support.Field("segment");
            foreach (var index in support.Items("groundingChunkIndices"))
            {
                if (index.ValueKind != JsonValueKind.Number || !index.TryGetInt32(out var at) || at < 0 || at >= chunks.Count) continue;
                used.Add(at);
                // Zero is left out of Google's JSON.
                yield return new Citation(chunks[at].Text("uri"), chunks[at].Text("title"), null, Characters(text, segment.Whole("startIndex") ?? 0), Characters(text, segment.Whole("endIndex")));
            }
        }

        for (var i = 0; i < chunks.Count; i++)
            if (!used.Contains(i)) yield return new Citation(chunks[i].Text("uri"), chunks[i].Text("title"), null);
        var recited = candidate.Field("citationMetadata");
        foreach (var source in recited.Items("citationSources").Concat(recited.Items("citations")))
            yield return new Citation(source.Text("uri"), source.Text("title"), null, Characters(text, source.Whole("startIndex") ?? 0), Characters(text, source.Whole("endIndex")));
    }

    public static void Write(Utf8JsonWriter json, IReadOnlyList<Citation> citations, string text)
    {
        if (citations.Count == 0) return;
        json.WriteStartObject("groundingMetadata");
        json.WriteStartArray("groundingChunks");
        foreach (var citation in citations)
        {
            json.WriteStartObject();
            json.WriteStartObject(citation.Url is null ? "retrievedContext" : "web");
            if (citation.Url is { } url) json.WriteString("uri", url);
            if (citation.Title is { } title) json.WriteString("title", title);
            if (citation.Url is null && citation.Quote is { } quote) json.WriteString("text", quote);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("groundingSupports");
        for (var i = 0; i < citations.Count; i++)
        {
            if (citations[i] is not { Start: { } start, End: { } end } || start < 0 || end > text.Length || start > end) continue;
            json.WriteStartObject();
            json.WriteStartObject("segment");
            json.WriteNumber("startIndex", Encoding.UTF8.GetByteCount(text.AsSpan(0, start)));
            json.WriteNumber("endIndex", Encoding.UTF8.GetByteCount(text.AsSpan(0, end)));
            json.WriteString("text", text[start..end]);
            json.WriteEndObject();
            json.WriteStartArray("groundingChunkIndices");
            json.WriteNumberValue(i);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static int? Characters(string text, long? bytes)
    {
        if (bytes is null) return null;
        var left = bytes.Value;
        var at = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            if (left <= 0) break;
            left -= rune.Utf8SequenceLength;
            at += rune.Utf16SequenceLength;
        }

        return at;
    }
}
