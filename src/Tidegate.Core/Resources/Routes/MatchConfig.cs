namespace Tidegate.Core.Resources.Routes;

/// <summary>Which calls a route takes: all conditions hold. More specific routes win: exact host, then longest path, then more conditions, then <c>order</c>.</summary>
public sealed record MatchConfig
{
    /// <summary>Host names; <c>*.example.com</c> takes any one or more labels. Empty: any host.</summary>
    public IReadOnlyList<string> Hosts { get; init; } = [];

    /// <summary>Path template: <c>/orders/{id}</c>, <c>/files/{**rest}</c>. Default <c>/{**path}</c>: any path. Matching is case-sensitive and segment by segment.</summary>
    public string Path { get; init; } = "/{**path}";

    /// <summary>Methods. Empty: any.</summary>
    public IReadOnlyList<string> Methods { get; init; } = [];

    /// <summary>Conditions on headers.</summary>
    public IReadOnlyList<ValueMatchConfig> Headers { get; init; } = [];

    /// <summary>Conditions on query parameters.</summary>
    public IReadOnlyList<ValueMatchConfig> Query { get; init; } = [];
}
