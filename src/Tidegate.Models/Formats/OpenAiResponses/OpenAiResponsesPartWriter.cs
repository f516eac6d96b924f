using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Writes what people and tools say: text alone as a string, all else as a list of parts.</summary>
internal sealed class OpenAiResponsesPartWriter(Utf8JsonWriter json, FormatIssues issues)
{
    public void WriteContent(string name, IReadOnlyList<Part> parts, string path)
    {
        if (parts is [TextPart alone])
        {
            json.WriteString(name, alone.Text);
            return;
        }

        json.WriteStartArray(name);
        for (var i = 0; i < parts.Count; i++) WritePart(parts[i], $"{path}.parts[{i}]");
        json.WriteEndArray();
    }

    private void WritePart(Part part, string path)
    {
        switch (part)
        {
            case TextPart text:
                json.WriteStartObject();
                json.WriteString("type", "input_text");
                json.WriteString("text", text.Text);
                json.WriteEndObject();
                break;
            case MediaPart { Kind: MediaKind.Image } image:
                json.WriteStartObject();
                json.WriteString("type", "input_image");
                if (image.FileId is { } id) json.WriteString("file_id", id);
                else json.WriteString("image_url", OpenAiMedia.UrlOf(image));
                json.WriteString("detail", image.Detail ?? "auto");
                json.WriteEndObject();
                break;
            case MediaPart { Kind: MediaKind.Document } file:
                WriteFile(file);
                break;
            default:
                issues.Inexpressible(path, "this format takes text, images and documents");
                break;
        }
    }

    private void WriteFile(MediaPart file)
    {
        json.WriteStartObject();
        json.WriteString("type", "input_file");
        if (file.FileId is { } id)
        {
            json.WriteString("file_id", id);
        }
        else if (file.Url is { } url)
        {
            json.WriteString("file_url", url);
        }
        else
        {
            json.WriteString("filename", file.Name ?? "document.pdf");
            json.WriteString("file_data", OpenAiMedia.UrlOf(file));
        }

        json.WriteEndObject();
    }
}
