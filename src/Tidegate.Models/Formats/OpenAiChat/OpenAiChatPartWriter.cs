using System.Text;
using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Writes <c>content</c>: text alone as a string, all else as a list of parts.</summary>
internal sealed class OpenAiChatPartWriter(OpenAiChatQuirks quirks, Utf8JsonWriter json, FormatIssues issues)
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public void WriteContent(IReadOnlyList<Part> parts, string path)
    {
        switch (parts)
        {
            case []:
                json.WriteString("content", "");
                break;
            case [TextPart text] when text.CacheHint is null || !quirks.CacheControl:
                json.WriteString("content", text.Text);
                break;
            default:
                json.WriteStartArray("content");
                for (var i = 0; i < parts.Count; i++) WritePart(parts[i], $"{path}.parts[{i}]");
                json.WriteEndArray();
                break;
        }
    }

    public void WritePart(Part part, string path)
    {
        if (!IsExpressible(part, path)) return;
        json.WriteStartObject();
        switch (part)
        {
            case TextPart text:
                json.WriteString("type", "text");
                json.WriteString("text", text.Text);
                break;
            case MediaPart { Kind: MediaKind.Document, Data: { } data } document when TextOf(document.MediaType, data) is { } words:
                // Files are PDF here: what is text anyway is said as text.
                json.WriteString("type", "text");
                json.WriteString("text", document.Name is { Length: > 0 } name ? $"{name}:\n{words}" : words);
                break;
            case MediaPart { Kind: MediaKind.Image } image:
                WriteUrl("image_url", image);
                break;
            case MediaPart { Kind: MediaKind.Video } video:
                WriteUrl("video_url", video);
                break;
            case MediaPart { Kind: MediaKind.Audio } audio:
                json.WriteString("type", "input_audio");
                json.WriteStartObject("input_audio");
                json.WriteString("data", audio.Data);
                json.WriteString("format", OpenAiMedia.AudioFormat(audio.MediaType));
                json.WriteEndObject();
                break;
            case MediaPart file:
                WriteFile(file);
                break;
        }

        if (quirks.CacheControl) CacheHints.Write(part.CacheHint, json);
        json.WriteEndObject();
    }

    private void WriteUrl(string type, MediaPart media)
    {
        json.WriteString("type", type);
        json.WriteStartObject(type);
        json.WriteString("url", OpenAiMedia.UrlOf(media));
        json.Optional("detail", media.Detail);
        json.WriteEndObject();
    }

    private void WriteFile(MediaPart file)
    {
        json.WriteString("type", "file");
        json.WriteStartObject("file");
        if (file.FileId is { } id)
        {
            json.WriteString("file_id", id);
        }
        else
        {
            // A file by value needs a name.
            json.WriteString("filename", file.Name ?? "document.pdf");
            json.WriteString("file_data", OpenAiMedia.UrlOf(file));
        }

        json.WriteEndObject();
    }

    private static string? TextOf(string mediaType, string base64)
    {
        if (!mediaType.StartsWith("text/", StringComparison.Ordinal)) return null;
        try
        {
            return StrictUtf8.GetString(Convert.FromBase64String(base64));
        }
        catch (Exception broken) when (broken is FormatException or DecoderFallbackException)
        {
            return null;
        }
    }

    private bool IsExpressible(Part part, string path)
    {
        var reason = part switch
        {
            TextPart => null,
            MediaPart { Kind: MediaKind.Video } when !quirks.Video => "this provider takes no films",
            MediaPart { Kind: MediaKind.Document, FileId: null, Url: not null } => "documents are taken by value, not by address",
            MediaPart { Kind: MediaKind.Audio, Data: null } => "sound is taken by value, not by address",
            MediaPart { Kind: MediaKind.Audio } audio when OpenAiMedia.AudioFormat(audio.MediaType) is null => $"sound is taken as wav or mp3, not {audio.MediaType}",
            MediaPart { Kind: MediaKind.Image or MediaKind.Video, Data: null, Url: null } => "images of this format have no file ids",
            MediaPart => null,
            _ => "this kind of part belongs to another role",
        };
        if (reason is not null) issues.Inexpressible(path, reason);
        return reason is null;
    }
}
