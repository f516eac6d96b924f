using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiChat;

/// <summary>Reads <c>content</c>: a text, or a list of parts.</summary>
internal static class OpenAiChatPartReader
{
    public static IReadOnlyList<Part> Read(RequestObject message, bool required)
    {
        var content = message.Any("content");
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return [new TextPart(JsonText.Read(content))];
            case JsonValueKind.Array:
                var parts = new List<Part>();
                foreach (var fields in message.Objects("content"))
                {
                    var hint = CacheHints.Read(fields);
                    if (One(fields) is { } part) parts.Add(hint is null ? part : part with { CacheHint = hint });
                    fields.TellRest();
                }

                return parts;
            case JsonValueKind.Undefined:
                if (required) message.Wrong("content", "is required: a string or a list of parts");
                return [];
            default:
                message.Wrong("content", $"must be a string or a list of parts, not {RequestObject.Kind(content)}");
                return [];
        }
    }

    private static Part? One(RequestObject part)
    {
        var type = part.RequiredText("type");
        switch (type)
        {
            case "text":
                return new TextPart(part.RequiredText("text"));
            case "refusal":
                return new RefusalPart(part.RequiredText("refusal"));
            case "image_url" when part.Child(type) is { } image:
                return OpenAiMedia.FromUrl(MediaKind.Image, image.RequiredText("url"), "image/*") with { Detail = image.Text("detail") };
            case "video_url" when part.Child(type) is { } video:
                return OpenAiMedia.FromUrl(MediaKind.Video, video.RequiredText("url"), "video/*");
            case "input_audio" when part.Child(type) is { } audio:
                return new MediaPart(MediaKind.Audio, OpenAiMedia.AudioType(audio.RequiredText("format")), audio.RequiredText("data"), null);
            case "file" when part.Child(type) is { } file:
                return File(file);
            case "image_url" or "video_url" or "input_audio" or "file":
                part.Wrong(type, "is required: an object");
                return null;
            default:
                if (type.Length > 0) part.Wrong("type", $"must be one of text, image_url, input_audio, file, refusal, not '{RequestObject.Short(type)}'.");
                return null;
        }
    }

    private static MediaPart? File(RequestObject file)
    {
        var name = file.Text("filename");
        if (file.Text("file_id") is { } id) return new MediaPart(MediaKind.Document, "", null, null) { FileId = id, Name = name };
        if (file.Text("file_data") is { } data) return OpenAiMedia.FromUrl(MediaKind.Document, data, OpenAiMedia.TypeOfName(name)) with { Name = name };
        file.Wrong("file_data", "is required, or file_id: a data URL");
        return null;
    }
}
