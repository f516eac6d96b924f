using System.Net;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Snapshot;

/// <summary>Builds one service; states of destinations that were there before are kept, whatever else about them changed.</summary>
internal sealed class ServiceBuilder
{
    /// <summary>The service, or null with findings.</summary>
    public ServiceModel? Build(Resource<ServiceConfig> resource, ServiceModel? previous, FindingList findings)
    {
        var destinations = resource.Spec.Destinations.Select(d => Destination(d, previous)).ToArray();
        if (destinations.Length == 0)
        {
            findings.Error(resource, "no_destinations", "spec.destinations", "A service needs at least one destination.");
            return null;
        }

        return new ServiceModel(resource.Metadata.Name, resource.Spec, destinations, State(resource.Spec, previous), new RoundRobinPolicy());
    }

    private static DestinationModel Destination(DestinationConfig config, ServiceModel? previous)
    {
        var name = config.Name ?? config.Address.Authority;
        var known = previous?.Destinations.FirstOrDefault(d => d.Name == name && d.Config.Address == config.Address);
        return new DestinationModel(name, config, known?.State ?? new DestinationState());
    }

    // Connections are kept when nothing that decides how they are made has changed.
    private static ServiceState State(ServiceConfig config, ServiceModel? previous)
    {
        if (previous is not null && previous.Config.Protocol == config.Protocol && previous.Config.Tls == config.Tls
            && previous.Config.Resilience.ConnectTimeout == config.Resilience.ConnectTimeout) return previous.State;
        return new ServiceState(new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false, AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false, ActivityHeadersPropagator = null,
        }));
    }
}
