namespace Tidegate.Core.Resources;

/// <summary>A place in a configuration text.</summary>
/// <param name="File">File name as given by the user, or <c>request body</c>.</param>
/// <param name="Line">1-based line.</param>
/// <param name="Column">1-based column.</param>
public sealed record SourcePosition(string File, int Line, int Column)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}:{Column}";
}
