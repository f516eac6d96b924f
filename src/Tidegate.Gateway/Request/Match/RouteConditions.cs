using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Match;

/// <summary>What a route asks of a request besides host and path.</summary>
internal sealed class RouteConditions
{
    private readonly string[] _methods;
    private readonly ValueCondition[] _headers;
    private readonly ValueCondition[] _query;

    public RouteConditions(RouteModel route, MatchConfig match)
    {
        Route = route;
        _methods = [.. match.Methods.Select(HttpMethods.GetCanonicalizedValue)];
        _headers = [.. match.Headers.Select(h => new ValueCondition(h))];
        _query = [.. match.Query.Select(q => new ValueCondition(q))];
    }

    /// <summary>The route.</summary>
    public RouteModel Route { get; }

    /// <summary>The one to be tried after it in the same place of the tree; null for the last.</summary>
    public RouteConditions? Next { get; set; }

    /// <summary>Methods taken; empty for any.</summary>
    public ReadOnlySpan<string> Methods => _methods;

    /// <summary>Number of conditions: more win over fewer.</summary>
    public int Count => (_methods.Length > 0 ? 1 : 0) + _headers.Length + _query.Length;

    /// <summary>Judges the method. A route that takes GET takes HEAD too (RFC 9110 §9.1 asks every server for both).</summary>
    public bool TakesMethod(string method)
    {
        if (_methods.Length == 0) return true;
        foreach (var one in _methods)
            if (string.Equals(one, method, StringComparison.Ordinal)) return true;
        return HttpMethods.IsHead(method) && TakesMethod(HttpMethods.Get);
    }

    /// <summary>Judges headers and query.</summary>
    public bool HoldFor(HttpRequest request)
    {
        foreach (var header in _headers)
            if (!header.HoldsIn(request.Headers)) return false;
        if (_query.Length == 0) return true;
        var query = request.QueryString.Value ?? "";
        foreach (var parameter in _query)
            if (!parameter.HoldsIn(query)) return false;
        return true;
    }
}
