using System.Collections.Frozen;

namespace Tidegate.Gateway.Request.Match;

/// <summary>A place in the tree of path templates, immutable: what may follow, and the routes whose template ends here.</summary>
internal sealed class PathNode
{
    // Up to here comparing one by one is faster than hashing.
    private const int FewLiterals = 4;

    private readonly string[] _names;
    private readonly PathNode[] _children;
    private readonly FrozenDictionary<string, PathNode>.AlternateLookup<ReadOnlySpan<char>> _lookup;

    public PathNode(IReadOnlyDictionary<string, PathNode> literals, PathNode? parameter, RouteConditions[] routes, RouteConditions[] catchAll)
    {
        Parameter = parameter;
        Routes = routes;
        CatchAll = catchAll;
        _names = literals.Count <= FewLiterals ? [.. literals.Keys] : [];
        _children = literals.Count <= FewLiterals ? [.. literals.Values] : [];
        if (literals.Count > FewLiterals)
            _lookup = literals.ToFrozenDictionary(StringComparer.Ordinal).GetAlternateLookup<ReadOnlySpan<char>>();
        Hashed = literals.Count > FewLiterals;
    }

    /// <summary>Where any one segment leads.</summary>
    public PathNode? Parameter { get; }

    /// <summary>Routes that end here, those to be tried first in front.</summary>
    public RouteConditions[] Routes { get; }

    /// <summary>Routes that take all of the rest.</summary>
    public RouteConditions[] CatchAll { get; }

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
