namespace Tidegate.Models.Chat;

/// <summary>Text.</summary>
/// <param name="Text">The text; may be empty.</param>
public sealed record TextPart(string Text) : Part
{
    /// <summary>Sources of the text.</summary>
    public IReadOnlyList<Citation> Citations { get; init; } = [];
}
