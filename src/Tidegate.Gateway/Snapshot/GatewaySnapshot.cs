using Tidegate.Core.Ports;
using Tidegate.Gateway.Models;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Match;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Everything a call is decided by, built off the hot path. Immutable; states inside keep their identity from one snapshot to the next.</summary>
internal sealed class GatewaySnapshot(ActiveConfig config, RouteTable routes, CallerTable callers, IReadOnlyList<ServiceModel> services, ModelTable models)
{
    /// <summary>The configuration it was built from.</summary>
    public ActiveConfig Config { get; } = config;

    /// <summary>Finds the route of a request.</summary>
    public RouteTable Routes { get; } = routes;

    /// <summary>Finds the caller behind a credential.</summary>
    public CallerTable Callers { get; } = callers;

    /// <summary>All services, ordered by name.</summary>
    public IReadOnlyList<ServiceModel> Services { get; } = services;

    /// <summary>Providers and aliases of models.</summary>
    public ModelTable Models { get; } = models;

    /// <summary>Connections of all services and providers.</summary>
    public IEnumerable<UpstreamConnections> Connections => Services.Select(s => s.Connections).Concat(Models.Providers.Select(p => p.Connections));

    /// <summary>Calls that carry this snapshot.</summary>
    public StripedCounter Calls { get; } = new();
}
