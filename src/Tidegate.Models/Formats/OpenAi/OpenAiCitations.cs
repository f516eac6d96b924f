using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>Sources of an answer: <c>annotations</c> of type <c>url_citation</c>, nested in chat and flat in responses; Perplexity's plain list of addresses.</summary>
internal static class OpenAiCitations
{
    /// <summary>The sources of a list of annotations; others than those of the web are left out.</summary>
    public static IEnumerable<Citation> Read(JsonElement annotations)
    {
        if (annotations.ValueKind != JsonValueKind.Array) yield break;
        foreach (var annotation in annotations.EnumerateArray())
            if (One(annotation) is { } citation) yield return citation;
    }

    /// <summary>One annotation; null for one of another kind.</summary>
    public static Citation? One(JsonElement annotation)
    {
        if (annotation.Text("type") != "url_citation") return null;
        var source = annotation.Field("url_citation") is { ValueKind: JsonValueKind.Object } nested ? nested : annotation;
        return new Citation(Said(source.Text("url")), Said(source.Text("title")), Said(source.Text("content")), (int?)source.Whole("start_index"), (int?)source.Whole("end_index"));
    }

    /// <summary>Addresses below <c>citations</c> of a whole answer (Perplexity, xAI).</summary>
    public static IEnumerable<Citation> ReadAddresses(JsonElement root)
    {
        foreach (var item in root.Items("citations"))
            if (item.ValueKind == JsonValueKind.String) yield return new Citation(JsonText.Read(item), null, null);
    }

    /// <summary>Writes one in the words of chat.</summary>
    public static void WriteChat(Citation citation, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "url_citation");
        json.WriteStartObject("url_citation");
        WriteFields(citation, json);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    /// <summary>Writes one in the words of responses.</summary>
    public static void WriteResponses(Citation citation, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("type", "url_citation");
        WriteFields(citation, json);
        json.WriteEndObject();
    }

    private static string? Said(string? text) => string.IsNullOrEmpty(text) ? null : text;

    // The SDKs demand both ends and both words.
    private static void WriteFields(Citation citation, Utf8JsonWriter json)
    {
        json.WriteString("url", citation.Url ?? "");
        json.WriteString("title", citation.Title ?? "");
        json.Optional("content", citation.Quote);
        json.WriteNumber("start_index", citation.Start ?? 0);
        json.WriteNumber("end_index", citation.End ?? 0);
    }
}
