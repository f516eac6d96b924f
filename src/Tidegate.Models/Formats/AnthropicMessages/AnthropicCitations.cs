using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>Citations of this format belong to a whole text block; where in a document they were found does not survive, the words do.</summary>
internal static class AnthropicCitations
{
    public static IReadOnlyList<Citation> ReadAll(JsonElement block)
    {
        var all = new List<Citation>();
        foreach (var citation in block.Items("citations")) all.Add(Read(citation));
        return all;
    }

    public static Citation Read(JsonElement citation) =>
        new(citation.Text("url") ?? citation.Text("source"), citation.Text("title") ?? citation.Text("document_title"), citation.Text("cited_text"));

    public static void Write(Utf8JsonWriter json, Citation citation)
    {
        json.WriteStartObject();
        json.WriteString("type", citation.Url is null ? "char_location" : "web_search_result_location");
        json.WriteString("cited_text", citation.Quote ?? "");
        if (citation.Url is null)
        {
            json.WriteNumber("document_index", 0);
            json.WriteString("document_title", citation.Title);
            json.WriteNumber("start_char_index", 0);
            json.WriteNumber("end_char_index", citation.Quote?.Length ?? 0);
        }
        else
        {
            json.WriteString("url", citation.Url);
            json.WriteString("title", citation.Title);
            json.WriteString("encrypted_index", "");
        }

        json.WriteEndObject();
    }
}
