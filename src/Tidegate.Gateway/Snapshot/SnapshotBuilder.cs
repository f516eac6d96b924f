using System.Net;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Gateway.Request.Admit;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Match;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Builds the next snapshot from a configuration and the snapshot before it, off the hot path.</summary>
internal sealed class SnapshotBuilder
{
    /// <summary>The new snapshot, or null with the reasons.</summary>
    public GatewaySnapshot? Build(ActiveConfig config, GatewaySnapshot? previous, List<Finding> findings)
    {
        var services = new Dictionary<string, ServiceModel>(StringComparer.Ordinal);
        foreach (var resource in config.Document.Services)
        {
            var destinations = resource.Spec.Destinations
                .Select(d => new DestinationModel(d.Name ?? d.Address.Authority, d, new DestinationState())).ToArray();
            var client = new HttpMessageInvoker(new SocketsHttpHandler
            {
                UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false, ActivityHeadersPropagator = null,
            });
            services[resource.Metadata.Name] = new ServiceModel(resource.Metadata.Name, resource.Spec, destinations, new ServiceState(client), new RoundRobinPolicy());
        }

        var routes = new List<RouteModel>();
        foreach (var resource in config.Document.Routes)
        {
            RouteBranch[] branches = resource.Spec.Service is { } name ? [new(services[name], resource.Spec.Version ?? "", 1)] : [];
            routes.Add(new RouteModel(resource.Metadata.Name, resource.Spec, branches, new RouteState()));
        }

        return new GatewaySnapshot(config, new RouteTable(routes), new CallerTable(), [.. services.Values]);
    }
}
