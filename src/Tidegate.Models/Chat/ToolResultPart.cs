namespace Tidegate.Models.Chat;

/// <summary>What a tool answered.</summary>
/// <param name="CallId">Id of the <see cref="ToolCallPart"/>.</param>
/// <param name="Parts">Text and media.</param>
public sealed record ToolResultPart(string CallId, IReadOnlyList<Part> Parts) : Part
{
    /// <summary>Name of the tool, where the caller's format repeats it; null elsewhere.</summary>
    public string? Name { get; init; }

    /// <summary>The tool failed.</summary>
    public bool IsError { get; init; }
}
