namespace Tidegate.Core.Resources.Routes;

/// <summary>Changes on the way to the upstream and back.</summary>
public sealed record RewriteConfig
{
    /// <summary>New path; may use the parameters of <c>match.path</c>: <c>/v2/{id}</c>.</summary>
    public string? Path { get; init; }

    /// <summary>Prefix taken off the path before anything is added.</summary>
    public string? StripPrefix { get; init; }

    /// <summary>Prefix put in front of the path.</summary>
    public string? AddPrefix { get; init; }

    /// <summary>Changes of query parameters.</summary>
    public ValueEditConfig Query { get; init; } = new();

    /// <summary>Changes of request headers.</summary>
    public ValueEditConfig RequestHeaders { get; init; } = new();

    /// <summary>Changes of response headers.</summary>
    public ValueEditConfig ResponseHeaders { get; init; } = new();
}
