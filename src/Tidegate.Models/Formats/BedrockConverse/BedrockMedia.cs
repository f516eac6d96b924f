using System.Text.RegularExpressions;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Formats.BedrockConverse;

/// <summary>Words for media: a short format instead of a media type, and a plain name for every document.</summary>
internal static partial class BedrockMedia
{
    public static string? FormatOf(MediaKind kind, string type, string? url)
    {
        var word = type.Length > 0 ? Short(type.Split(';')[0]) : Path.GetExtension(url ?? "").TrimStart('.').ToLowerInvariant();
        string[] legal = kind switch
        {
            MediaKind.Image => ["png", "jpeg", "gif", "webp"],
            MediaKind.Video => ["mp4", "mov", "mkv", "webm", "flv", "mpeg", "mpg", "wmv", "three_gp"],
            MediaKind.Audio => ["mp3", "wav", "ogg", "flac", "opus", "aac", "m4a", "webm"],
            _ => ["pdf", "csv", "doc", "docx", "xls", "xlsx", "html", "txt", "md"],
        };
        if (word == "jpg") word = "jpeg";
        return legal.Contains(word) ? word : null;
    }

    public static string Legal(MediaKind kind) => kind switch
    {
        MediaKind.Image => "Bedrock takes images as PNG, JPEG, GIF or WebP, by base64 or s3:// address.",
        MediaKind.Document => "Bedrock takes documents as PDF, Word, Excel, CSV, HTML, text or Markdown, by base64 or s3:// address.",
        _ => "Bedrock takes media of its usual formats by base64 or s3:// address.",
    };

    /// <summary>Names may have letters, digits, single spaces, hyphens and brackets; and must be there.</summary>
    public static string NameOf(string? name, int number)
    {
        var plain = Spaces().Replace(Illegal().Replace(name ?? "", " "), " ").Trim();
        return plain.Length > 0 ? plain : $"document {number}";
    }

    private static string Short(string type) => type switch
    {
        "text/plain" => "txt",
        "text/markdown" => "md",
        "audio/mpeg" => "mp3",
        "audio/x-wav" => "wav",
        "video/quicktime" => "mov",
        "video/x-matroska" => "mkv",
        "video/3gpp" => "three_gp",
        "application/msword" => "doc",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document" => "docx",
        "application/vnd.ms-excel" => "xls",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" => "xlsx",
        _ => type[(type.IndexOf('/', StringComparison.Ordinal) + 1)..],
    };

    [GeneratedRegex(@"[^A-Za-z0-9\s\-()\[\]]", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Illegal();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, Timeout.Infinite)]
    private static partial Regex Spaces();
}
