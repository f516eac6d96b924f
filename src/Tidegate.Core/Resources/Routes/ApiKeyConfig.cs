namespace Tidegate.Core.Resources.Routes;

/// <summary>Where an API key may stand.</summary>
public sealed record ApiKeyConfig
{
    /// <summary>Header read besides <c>Authorization: Bearer</c>. Default <c>X-Api-Key</c>.</summary>
    public string Header { get; init; } = "X-Api-Key";

    /// <summary>Query parameter read; null (default) reads none: queries end up in logs.</summary>
    public string? Query { get; init; }

    /// <summary>True sends the key on to the upstream. Default false: it is removed.</summary>
    public bool Forward { get; init; }
}
