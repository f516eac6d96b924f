namespace Tidegate.Core.Resources.Routes;

/// <summary>A condition on a header or query parameter. At most one of <c>oneOf</c>, <c>prefix</c>, <c>contains</c>, <c>regex</c>; none of them asks that it is present.</summary>
public sealed record ValueMatchConfig
{
    /// <summary>Name of the header (any case) or parameter (exact case).</summary>
    public required string Name { get; init; }

    /// <summary>One of these values.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];

    /// <summary>Begins with.</summary>
    public string? Prefix { get; init; }

    /// <summary>Contains.</summary>
    public string? Contains { get; init; }

    /// <summary>.NET regular expression, run without backtracking.</summary>
    public string? Regex { get; init; }

    /// <summary>True asks that the condition does not hold. Default false.</summary>
    public bool Not { get; init; }
}
