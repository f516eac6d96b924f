namespace Tidegate.Core.Resources;

/// <summary>Name and labels of a resource.</summary>
public sealed record ResourceMetadata
{
    /// <summary>Unique within its kind. Lower-case letters, digits, <c>-</c>, <c>_</c> and <c>.</c>; at most 128 characters.</summary>
    public required string Name { get; init; }

    /// <summary>Name for people; null (default): the name.</summary>
    public string? DisplayName { get; init; }

    /// <summary>Short values to select by, for example <c>team: payments</c>; a list gives a label several.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Labels { get; init; } = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);

    /// <summary>Free notes for people and tools; not interpreted.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
