namespace Tidegate.Core.Resources;

/// <summary>Something the author of a document should know: what, which object, which key, what would be legal.</summary>
/// <param name="Severity">Errors refuse the document; warnings do not.</param>
/// <param name="Code">Stable short word for tools, for example <c>unknown_key</c>.</param>
/// <param name="Resource">Object id (<c>Route/orders</c>), or empty for the text as a whole.</param>
/// <param name="Path">Key path inside the object, for example <c>spec.match.hosts[1]</c>.</param>
/// <param name="Message">What is wrong and what to do, in one sentence.</param>
/// <param name="Source">Where; null when the object did not come from a text.</param>
public sealed record Finding(FindingSeverity Severity, string Code, string Resource, string Path, string Message, SourcePosition? Source)
{
    /// <inheritdoc/>
    public override string ToString() => $"{(Source is null ? "" : Source + ": ")}{Severity.ToString().ToLowerInvariant()}: {Where}{Message}";

    private string Where => Resource.Length + Path.Length == 0 ? "" : $"{Resource} {Path}".Trim() + ": ";
}
