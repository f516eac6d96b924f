namespace Tidegate.Models.Chat;

/// <summary>The model declines, in words.</summary>
/// <param name="Text">The words.</param>
public sealed record RefusalPart(string Text) : Part;
