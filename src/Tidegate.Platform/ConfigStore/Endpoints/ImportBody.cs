namespace Tidegate.Platform.ConfigStore.Endpoints;

/// <summary>Body of an import.</summary>
internal sealed record ImportBody
{
    /// <summary><c>openslo</c> or <c>sloth</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The texts, with the names findings are to show.</summary>
    public required IReadOnlyList<FileBody> Files { get; init; }

    /// <summary>DataSource that queries are for. Default: none.</summary>
    public string? DataSource { get; init; }

    /// <summary>One file.</summary>
    internal sealed record FileBody(string Name, string Text);
}
