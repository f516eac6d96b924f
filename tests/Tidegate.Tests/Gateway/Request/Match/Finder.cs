using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Request.Record;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Match;

/// <summary>Asks a route table without a network.</summary>
internal sealed class Finder
{
    private readonly RouteTable _table;

    /// <summary>Routes by name and match.</summary>
    public Finder(params (string Name, MatchConfig Match)[] routes) =>
        _table = new RouteTable([.. routes.Select(r => new RouteModel(r.Name, new RouteConfig { Match = r.Match }, []) { Identify = new IdentifyModel(Config.Anyone, []), Counters = new CallCounters(r.Name, "") })]);

    /// <summary>Routes named by the path they take.</summary>
    public static Finder ForPaths(params string[] paths) => new([.. paths.Select(p => (p, new MatchConfig { Path = p }))]);

    public PathParameters Parameters { get; } = new();

    public bool MethodMissed { get; private set; }

    /// <summary>Name of the route that takes the request, or null.</summary>
    public string? Find(string path, string host = "a.example", string method = "GET", string query = "", params (string Name, string Value)[] headers)
    {
        Parameters.Clear();
        var request = Request(host, query, headers);
        var found = _table.Find(request, path, method, Parameters, out var missed)?.Name;
        MethodMissed = missed;
        return found;
    }

    /// <summary>Asks again with a request at hand.</summary>
    public void FindIn(HttpRequest request, string path)
    {
        Parameters.Clear();
        _table.Find(request, path, "GET", Parameters, out _);
    }

    public string Allowed(string path) => _table.AllowedMethods(Request("a.example", "", []), path, new PathParameters());

    /// <summary>Parameter values of the last find.</summary>
    public string[] Values(string path)
    {
        var target = new RequestTarget(path, path.Length);
        var values = new string[Parameters.Count];
        for (var i = 0; i < values.Length; i++) values[i] = Parameters.Value(target, i).ToString();
        return values;
    }

    private static HttpRequest Request(string host, string query, (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        request.Host = new HostString(host);
        request.QueryString = new QueryString(query);
        foreach (var (name, value) in headers) request.Headers.Append(name, value);
        return request;
    }
}
