using System.Text.Json;
using Tidegate.Models.Chat;
using Tidegate.Models.Formats.OpenAi;
using Tidegate.Models.Json;

namespace Tidegate.Models.Formats.OpenAiResponses;

/// <summary>Reads content of items: a text, or a list of parts.</summary>
internal static class OpenAiResponsesPartReader
{
    public static IReadOnlyList<Part> Read(RequestObject item, string name)
    {
        var content = item.Any(name);
        switch (content.ValueKind)
        {
            case JsonValueKind.String:
                return [new TextPart(JsonText.Read(content))];
            case JsonValueKind.Array:
                var parts = new List<Part>();
                foreach (var fields in item.Objects(name))
                {
                    if (One(fields) is not { } part) continue;
                    parts.Add(part);
                    fields.TellRest();
                }

                return parts;
            default:
                item.Wrong(name, $"must be a string or a list of parts, not {RequestObject.Kind(content)}.");
                return [];
        }
    }

    private static Part? One(RequestObject part)
    {
        var type = part.RequiredText("type");
        switch (type)
        {
            case "input_text" or "text":
                return new TextPart(part.RequiredText("text"));
            case "output_text":
                part.Ignore("logprobs");
                return new TextPart(part.RequiredText("text")) { Citations = [.. OpenAiCitations.Read(part.Any("annotations"))] };
            case "refusal":
                return new RefusalPart(part.RequiredText("refusal"));
            case "input_image":
                return Image(part);
            case "input_file":
                return File(part);
            case "input_audio" when part.Child("input_audio") is { } audio:
                return new MediaPart(MediaKind.Audio, OpenAiMedia.AudioType(audio.RequiredText("format")), audio.RequiredText("data"), null);
            default:
                if (type.Length > 0) part.Wrong("type", $"must be one of input_text, input_image, input_file, output_text, refusal, not '{RequestObject.Short(type)}'.");
                return null;
        }
    }

    private static MediaPart? Image(RequestObject image)
    {
        var detail = image.Text("detail");
        // Every SDK writes the default.
        if (detail == "auto") detail = null;
        if (image.Text("file_id") is { } id) return new MediaPart(MediaKind.Image, "", null, null) { FileId = id, Detail = detail };
        if (image.Text("image_url") is { } url) return OpenAiMedia.FromUrl(MediaKind.Image, url, "image/*") with { Detail = detail };
        image.Wrong("image_url", "is required, or file_id: an address or a data URL.");
        return null;
    }

    private static MediaPart? File(RequestObject file)
    {
        var name = file.Text("filename");
        if (file.Text("file_id") is { } id) return new MediaPart(MediaKind.Document, "", null, null) { FileId = id, Name = name };
        if (file.Text("file_url") is { } url) return new MediaPart(MediaKind.Document, "", null, url) { Name = name };
        if (file.Text("file_data") is { } data) return OpenAiMedia.FromUrl(MediaKind.Document, data, OpenAiMedia.TypeOfName(name)) with { Name = name };
        file.Wrong("file_data", "is required, or file_url, or file_id.");
        return null;
    }
}
