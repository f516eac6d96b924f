using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Routes;

/// <summary>
/// Edits of headers or query parameters: removed first, then set, then added. Values may hold secret references, resolved on the node:
/// <c>Authorization: Bearer ${env:BACKEND_TOKEN}</c>.
/// </summary>
public sealed record ValueEditConfig
{
    /// <summary>Names taken out.</summary>
    public IReadOnlyList<string> Remove { get; init; } = [];

    /// <summary>Values that replace what is there.</summary>
    [Secret(PlainAllowed = true)]
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Values put beside what is there.</summary>
    [Secret(PlainAllowed = true)]
    public IReadOnlyDictionary<string, string> Add { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
