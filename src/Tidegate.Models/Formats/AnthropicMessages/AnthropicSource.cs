using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.AnthropicMessages;

/// <summary>The <c>source</c> of an image or document, as far as the format has one for it.</summary>
/// <param name="Type"><c>base64</c>, <c>text</c>, <c>url</c>, <c>file</c>.</param>
/// <param name="MediaType">With <c>base64</c> and <c>text</c>.</param>
/// <param name="Value">Data, address or id.</param>
internal sealed record AnthropicSource(string Type, string? MediaType, string Value)
{
    private static readonly string[] Images = ["image/jpeg", "image/png", "image/gif", "image/webp"];

    public static AnthropicSource? Of(MediaPart media, out string problem)
    {
        problem = "";
        if (media.Kind is not (MediaKind.Image or MediaKind.Document)) problem = $"Anthropic takes images and documents, no {media.Kind.ToString().ToLowerInvariant()}.";
        else if (media.Data is { } data) return OfData(media, data, ref problem);
        else if (media.Url is { } url && url.StartsWith("http", StringComparison.OrdinalIgnoreCase)) return new AnthropicSource("url", null, url);
        else if (media.FileId is { } id && id.StartsWith("file_", StringComparison.Ordinal)) return new AnthropicSource("file", null, id);
        else problem = "Anthropic takes media as base64, by http(s) address, or as a file uploaded to it.";
        return null;
    }

    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartObject("source");
        json.WriteString("type", Type);
        if (MediaType is not null) json.WriteString("media_type", MediaType);
        json.WriteString(Type switch { "url" => "url", "file" => "file_id", _ => "data" }, Value);
        json.WriteEndObject();
    }

    private static AnthropicSource? OfData(MediaPart media, string data, ref string problem)
    {
        var type = media.MediaType.Length > 0 ? media.MediaType : MediaSniff.TypeOf(data);
        if (media.Kind == MediaKind.Image && Images.Contains(type)) return new AnthropicSource("base64", type, data);
        if (media.Kind == MediaKind.Document && type == "application/pdf") return new AnthropicSource("base64", type, data);
        if (media.Kind == MediaKind.Document && type.StartsWith("text/", StringComparison.Ordinal) && TextOf(data) is { } text) return new AnthropicSource("text", "text/plain", text);
        problem = media.Kind == MediaKind.Image
            ? $"Anthropic takes images of the types {string.Join(", ", Images)}; this one is \"{type}\"."
            : $"Anthropic takes documents as PDF or text; this one is \"{type}\".";
        return null;
    }

    private static string? TextOf(string base64)
    {
        var bytes = new byte[base64.Length];
        return Convert.TryFromBase64String(base64, bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : null;
    }
}
