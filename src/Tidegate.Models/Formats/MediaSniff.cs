namespace Tidegate.Models.Formats;

/// <summary>Types of media whose sender did not say: by the first bytes, which base64 keeps recognizable.</summary>
internal static class MediaSniff
{
    private static readonly (string Start, string Type)[] Known =
    [
        ("/9j/", "image/jpeg"), ("iVBORw0KGgo", "image/png"), ("R0lGOD", "image/gif"), ("UklGR", "image/webp"), ("JVBERi0", "application/pdf"),
        ("SUQz", "audio/mpeg"), ("T2dnUw", "audio/ogg"), ("ZkxhQw", "audio/flac"),
    ];

    /// <summary>Media type of base64 data; empty when it is none of the common ones.</summary>
    public static string TypeOf(string base64)
    {
        foreach (var (start, type) in Known)
            if (base64.StartsWith(start, StringComparison.Ordinal)) return type;
        return "";
    }
}
