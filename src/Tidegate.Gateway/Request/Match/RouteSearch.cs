using Microsoft.AspNetCore.Http;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Match;

/// <summary>One walk through the tree of templates: literal before parameter before the rest, back up where conditions do not hold. Allocates nothing.</summary>
internal ref struct RouteSearch
{
    private readonly ReadOnlySpan<char> _path;
    private readonly HttpRequest _request;
    private readonly string _method;
    private readonly PathParameters _parameters;
    private readonly bool _encoded;

    public RouteSearch(ReadOnlySpan<char> path, HttpRequest request, string method, PathParameters parameters)
    {
        _path = path;
        _request = request;
        _method = method;
        _parameters = parameters;
        _encoded = path.Contains('%');
    }

    /// <summary>True when a route would have taken another method.</summary>
    public bool MethodMissed { get; private set; }

    /// <summary>Collects the methods routes would have taken; null (the usual) does not.</summary>
    public SortedSet<string>? Allowed { get; init; }

    /// <summary>The first route in order of precedence whose conditions hold.</summary>
    public RouteModel? In(PathNode root) => _path is ['/', ..] ? Visit(root, 1) : null;

    // position: where the next segment begins; -1 after the last one.
    private RouteModel? Visit(PathNode node, int position)
    {
        if (position < 0)
        {
            if (Take(node.Routes) is { } ended) return ended;
            if (node.CatchAll is null) return null;
            _parameters.Push(_path.Length, 0);
            if (Take(node.CatchAll) is { } empty) return empty;
            _parameters.Pop();
            return null;
        }

        var rest = _path[position..];
        var slash = rest.IndexOf('/');
        var segment = slash < 0 ? rest : rest[..slash];
        var next = slash < 0 ? -1 : position + slash + 1;

        if (Literal(node, segment) is { } literal && Visit(literal, next) is { } byLiteral) return byLiteral;

        if (node.Parameter is { } parameter && segment.Length > 0)
        {
            _parameters.Push(position, segment.Length);
            if (Visit(parameter, next) is { } byParameter) return byParameter;
            _parameters.Pop();
        }

        if (node.CatchAll is not null)
        {
            _parameters.Push(position, rest.Length);
            if (Take(node.CatchAll) is { } byRest) return byRest;
            _parameters.Pop();
        }

        return null;
    }

    private readonly PathNode? Literal(PathNode node, ReadOnlySpan<char> segment)
    {
        if (!_encoded || !segment.Contains('%')) return node.Literal(segment);
        // No literal of a template is this long; what does not fit is no literal.
        Span<char> decoded = stackalloc char[512];
        return Uri.TryUnescapeDataString(segment, decoded, out var length) ? node.Literal(decoded[..length]) : null;
    }

    private RouteModel? Take(RouteConditions? first)
    {
        for (var candidate = first; candidate is not null; candidate = candidate.Next)
        {
            if (!candidate.HoldFor(_request)) continue;
            if (candidate.TakesMethod(_method)) return candidate.Route;
            MethodMissed = true;
            if (Allowed is null) continue;
            foreach (var method in candidate.Methods) Allowed.Add(method);
            if (candidate.TakesMethod(HttpMethods.Head)) Allowed.Add(HttpMethods.Head);
        }

        return null;
    }
}
