using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.OpenAi;

/// <summary>Images, files and sound as the OpenAI family writes them: addresses, of which some are <c>data:</c> URLs.</summary>
internal static class OpenAiMedia
{
    /// <summary>A part of an address. The media type of a data URL that names none is <paramref name="mediaType"/>.</summary>
    public static MediaPart FromUrl(MediaKind kind, string url, string mediaType)
    {
        if (!url.StartsWith("data:", StringComparison.OrdinalIgnoreCase))
        {
            // Files are given as bare base64 by some.
            return kind == MediaKind.Document && !url.Contains("://", StringComparison.Ordinal)
                ? new MediaPart(kind, mediaType, url, null)
                : new MediaPart(kind, "", null, url);
        }

        var comma = url.IndexOf(',', StringComparison.Ordinal);
        if (comma < 0) return new MediaPart(kind, mediaType, "", null);
        var head = url[5..comma];
        var data = url[(comma + 1)..];
        if (!head.EndsWith(";base64", StringComparison.OrdinalIgnoreCase)) data = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes(Uri.UnescapeDataString(data)));
        var semicolon = head.IndexOf(';', StringComparison.Ordinal);
        var type = semicolon < 0 ? head : head[..semicolon];
        return new MediaPart(kind, type.Length == 0 ? mediaType : type, data, null);
    }

    /// <summary>The address of a part: its own, or a data URL.</summary>
    public static string UrlOf(MediaPart media) => media.Url ?? $"data:{(media.MediaType.Length == 0 ? "application/octet-stream" : media.MediaType)};base64,{media.Data}";

    /// <summary>Media type of an <c>input_audio</c> format.</summary>
    public static string AudioType(string format) => format == "mp3" ? "audio/mpeg" : "audio/" + format;

    /// <summary>The <c>input_audio</c> format of a media type; null when OpenAI has none.</summary>
    public static string? AudioFormat(string mediaType) => mediaType switch
    {
        "audio/mpeg" or "audio/mp3" => "mp3",
        "audio/wav" or "audio/x-wav" or "audio/wave" or "audio/vnd.wave" => "wav",
        _ => null,
    };

    /// <summary>Media type of a file by the end of its name; PDF when that tells nothing.</summary>
    public static string TypeOfName(string? name) => Path.GetExtension(name ?? "").ToUpperInvariant() switch
    {
        ".TXT" or ".LOG" => "text/plain",
        ".MD" => "text/markdown",
        ".CSV" => "text/csv",
        ".HTM" or ".HTML" => "text/html",
        ".JSON" => "application/json",
        ".DOCX" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        _ => "application/pdf",
    };
}
