using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Match;

/// <summary>Grows a tree of path templates and freezes it.</summary>
internal sealed class PathNodeBuilder
{
    private readonly Dictionary<string, PathNodeBuilder> _literals = new(StringComparer.Ordinal);
    private readonly List<RouteConditions> _routes = [];
    private readonly List<RouteConditions> _catchAll = [];
    private PathNodeBuilder? _parameter;

    /// <summary>Adds a route under its template. Its conditions belong to this one place.</summary>
    public void Add(PathTemplate template, RouteConditions route)
    {
        var node = this;
        foreach (var segment in template.Segments)
        {
            if (segment.Kind == PathSegmentKind.CatchAll)
            {
                node._catchAll.Add(route);
                return;
            }

            node = segment.Kind == PathSegmentKind.Parameter ? node._parameter ??= new PathNodeBuilder() : node.Child(Uri.UnescapeDataString(segment.Text));
        }

        node._routes.Add(route);
    }

    /// <summary>The finished tree.</summary>
    public PathNode Freeze() =>
        new(_literals.ToDictionary(l => l.Key, l => l.Value.Freeze(), StringComparer.Ordinal), _parameter?.Freeze(), Chained(_routes), Chained(_catchAll));

    private PathNodeBuilder Child(string literal)
    {
        if (!_literals.TryGetValue(literal, out var child)) _literals[literal] = child = new PathNodeBuilder();
        return child;
    }

    private static RouteConditions? Chained(List<RouteConditions> routes)
    {
        RouteConditions? first = null;
        foreach (var route in routes.OrderByDescending(r => r.Count).ThenBy(r => r.Route.Config.Order).ThenBy(r => r.Route.Name, StringComparer.Ordinal).Reverse())
        {
            route.Next = first;
            first = route;
        }

        return first;
    }
}
