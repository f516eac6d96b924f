namespace Tidegate.Models.Chat;

/// <summary>Kinds of <see cref="MediaPart"/>.</summary>
public enum MediaKind
{
    /// <summary>A picture.</summary>
    Image,

    /// <summary>A document, mostly PDF or plain text.</summary>
    Document,

    /// <summary>Sound.</summary>
    Audio,

    /// <summary>Film.</summary>
    Video,
}
