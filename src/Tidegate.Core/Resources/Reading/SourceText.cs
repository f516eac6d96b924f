namespace Tidegate.Core.Resources.Reading;

/// <summary>A configuration text with the name it is called by in findings.</summary>
/// <param name="Name">File name as given by the user, or <c>request body</c>. A name ending in <c>.json</c> is read as JSON, everything else as YAML.</param>
/// <param name="Text">The text.</param>
public sealed record SourceText(string Name, string Text)
{
    /// <summary>True when the text is JSON.</summary>
    public bool IsJson { get; init; } = Name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);
}
