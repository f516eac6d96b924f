using System.Collections.Frozen;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Match;

/// <summary>
/// Finds the route of a request among any number of routes: exact host, then wildcard hosts with the longest suffix first, then any host; in each of
/// them the path segment by segment, then conditions. The cost depends on the length of host and path, not on the number of routes.
/// </summary>
internal sealed class RouteTable
{
    private readonly FrozenDictionary<string, PathNode>.AlternateLookup<ReadOnlySpan<char>> _hosts;
    private readonly FrozenDictionary<string, PathNode>.AlternateLookup<ReadOnlySpan<char>> _suffixes;
    private readonly bool _hasHosts, _hasSuffixes;
    private readonly PathNode _anyHost;

    public RouteTable(IReadOnlyList<RouteModel> routes)
    {
        Routes = routes;
        Dictionary<string, PathNodeBuilder> hosts = new(StringComparer.OrdinalIgnoreCase), suffixes = new(StringComparer.OrdinalIgnoreCase);
        var anyHost = new PathNodeBuilder();
        foreach (var route in routes)
        {
            var template = PathTemplate.Parse(route.Config.Match.Path);
            if (route.Config.Match.Hosts.Count == 0) anyHost.Add(template, new RouteConditions(route, route.Config.Match));
            foreach (var host in route.Config.Match.Hosts)
            {
                var wildcard = host.StartsWith("*.", StringComparison.Ordinal);
                Of(wildcard ? suffixes : hosts, wildcard ? host[2..] : host).Add(template, new RouteConditions(route, route.Config.Match));
            }
        }

        _hasHosts = hosts.Count > 0;
        _hasSuffixes = suffixes.Count > 0;
        _hosts = Freeze(hosts);
        _suffixes = Freeze(suffixes);
        _anyHost = anyHost.Freeze();
    }

    /// <summary>All routes, ordered by name.</summary>
    public IReadOnlyList<RouteModel> Routes { get; }

    /// <summary>The route that takes the request, its parameters filled in; null when none does.</summary>
    public RouteModel? Find(HttpRequest request, ReadOnlySpan<char> path, string method, PathParameters parameters, out bool methodMissed)
    {
        var search = new RouteSearch(path, request, method, parameters);
        var route = Find(ref search, HostName.Of(request));
        methodMissed = search.MethodMissed;
        return route;
    }

    /// <summary>Methods that routes take here, for <c>Allow</c>.</summary>
    public string AllowedMethods(HttpRequest request, ReadOnlySpan<char> path, PathParameters parameters)
    {
        var allowed = new SortedSet<string>(StringComparer.Ordinal);
        var search = new RouteSearch(path, request, "", parameters) { Allowed = allowed };
        Find(ref search, HostName.Of(request));
        return string.Join(", ", allowed);
    }

    private RouteModel? Find(ref RouteSearch search, ReadOnlySpan<char> host)
    {
        if (_hasHosts && _hosts.TryGetValue(host, out var exact) && search.In(exact) is { } byHost) return byHost;
        if (_hasSuffixes)
        {
            while (host.IndexOf('.') is >= 0 and var dot)
            {
                host = host[(dot + 1)..];
                if (_suffixes.TryGetValue(host, out var wildcard) && search.In(wildcard) is { } bySuffix) return bySuffix;
            }
        }

        return search.In(_anyHost);
    }

    private static PathNodeBuilder Of(Dictionary<string, PathNodeBuilder> trees, string host)
    {
        // Callers send names in their ASCII form (RFC 5891); documents may have them as people write them.
        var name = new IdnMapping().GetAscii(HostName.WithoutPort(host).ToString());
        if (!trees.TryGetValue(name, out var tree)) trees[name] = tree = new PathNodeBuilder();
        return tree;
    }

    private static FrozenDictionary<string, PathNode>.AlternateLookup<ReadOnlySpan<char>> Freeze(Dictionary<string, PathNodeBuilder> trees) =>
        trees.ToFrozenDictionary(t => t.Key, t => t.Value.Freeze(), StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();
}
