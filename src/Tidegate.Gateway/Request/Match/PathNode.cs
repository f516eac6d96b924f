namespace Tidegate.Gateway.Request.Match;

/// <summary>
/// A place in the tree of path templates, immutable: what may follow, and the routes whose template ends here. A search touches little memory, for with
/// many routes hardly any of it is in a cache.
/// </summary>
internal sealed class PathNode
{
    // Up to here comparing one by one is faster than hashing.
    private const int FewLiterals = 4;

    private readonly string[] _names;
    private readonly PathNode[] _children;
    private readonly Dictionary<string, PathNode>.AlternateLookup<ReadOnlySpan<char>> _lookup; // name and child side by side, which a frozen dictionary's are not

    public PathNode(Dictionary<string, PathNode> literals, PathNode? parameter, RouteConditions? routes, RouteConditions? catchAll)
    {
        Parameter = parameter;
        Routes = routes;
        CatchAll = catchAll;
        Hashed = literals.Count > FewLiterals;
        _names = Hashed ? [] : [.. literals.Keys];
        _children = Hashed ? [] : [.. literals.Values];
        if (Hashed) _lookup = literals.GetAlternateLookup<ReadOnlySpan<char>>();
    }

    /// <summary>Where any one segment leads.</summary>
    public PathNode? Parameter { get; }

    /// <summary>Routes that end here, the one to be tried first; null for none.</summary>
    public RouteConditions? Routes { get; }

    /// <summary>Routes that take all of the rest, the one to be tried first; null for none.</summary>
    public RouteConditions? CatchAll { get; }

    private bool Hashed { get; }

    /// <summary>Where a literal segment leads, or null.</summary>
    public PathNode? Literal(ReadOnlySpan<char> segment)
    {
        if (Hashed) return _lookup.TryGetValue(segment, out var found) ? found : null;
        for (var i = 0; i < _names.Length; i++)
            if (segment.SequenceEqual(_names[i])) return _children[i];
        return null;
    }
}
