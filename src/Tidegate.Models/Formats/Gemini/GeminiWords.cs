using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.Gemini;

/// <summary>Words of the format.</summary>
internal static class GeminiWords
{
    /// <summary>Address of files uploaded to Google with an API key; they mean something to it only.</summary>
    public const string Files = "https://generativelanguage.googleapis.com/";

    public static Finish ReadFinish(string reason, bool hasCalls) => reason switch
    {
        "STOP" => new Finish(hasCalls ? FinishReason.ToolCalls : FinishReason.Stop),
        "MAX_TOKENS" => new Finish(FinishReason.Length),
        "SAFETY" or "RECITATION" or "BLOCKLIST" or "PROHIBITED_CONTENT" or "SPII" or "IMAGE_SAFETY" or "IMAGE_PROHIBITED_CONTENT" or "IMAGE_RECITATION"
            => new Finish(FinishReason.ContentFilter),
        _ => new Finish(FinishReason.Other),
    };

    public static string OfFinish(FinishReason reason) => reason switch
    {
        FinishReason.Length => "MAX_TOKENS",
        FinishReason.ContentFilter or FinishReason.Refusal => "SAFETY",
        FinishReason.Other or FinishReason.Pause => "OTHER",
        _ => "STOP",
    };

    public static MediaKind KindOf(string mediaType) => mediaType switch
    {
        _ when mediaType.StartsWith("image/", StringComparison.Ordinal) => MediaKind.Image,
        _ when mediaType.StartsWith("audio/", StringComparison.Ordinal) => MediaKind.Audio,
        _ when mediaType.StartsWith("video/", StringComparison.Ordinal) => MediaKind.Video,
        _ => MediaKind.Document,
    };

    /// <summary>Media type of an address: the format wants one.</summary>
    public static string TypeOf(MediaPart media)
    {
        if (media.MediaType.Length > 0) return media.MediaType;
        var path = Uri.TryCreate(media.Url, UriKind.Absolute, out var uri) ? uri.AbsolutePath : "";
        return Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".png" => "image/png",
            ".gif" => "image/gif",
            ".webp" => "image/webp",
            ".heic" => "image/heic",
            ".pdf" => "application/pdf",
            ".txt" => "text/plain",
            ".wav" => "audio/wav",
            ".mp3" => "audio/mpeg",
            ".mp4" => "video/mp4",
            _ => media.Kind switch { MediaKind.Image => "image/jpeg", MediaKind.Audio => "audio/mpeg", MediaKind.Video => "video/mp4", _ => "application/pdf" },
        };
    }
}
