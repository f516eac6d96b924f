using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Health;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Snapshot;

/// <summary>
/// Builds the model of one service. What calls have taught about it is carried over from the model before: by name for the service, by name and address for a
/// destination; connections and policy as long as nothing they depend on has changed.
/// </summary>
internal sealed class ServiceBuilder(TimeProvider time, IRandomSource random, ISecretSource secrets, DestinationEvents events)
{
    /// <summary>The model, or null with the reasons.</summary>
    public ServiceModel? Build(Resource<ServiceConfig> resource, ServiceModel? previous, FindingList findings)
    {
        var (name, config) = (resource.Metadata.Name, resource.Spec);
        if (config.Destinations.Count == 0) return Reject(resource, findings, "no_destinations", "spec.destinations", "A service needs at least one destination.");
        if (UpstreamTls.Load(resource, config.Tls, findings) is not { } tls) return null;
        if (AffinityKey(resource, findings) is not { } key) return null;
        var state = previous?.State ?? new ServiceState(name, time, random, events);
        var connections = Connect(config, tls, previous);
        var destinations = new DestinationModel[config.Destinations.Count];
        for (var i = 0; i < destinations.Length; i++)
        {
            var destination = config.Destinations[i];
            var label = destination.Name ?? destination.Address.Authority;
            destinations[i] = new DestinationModel(label, destination, Find(previous, label, destination) ?? new DestinationState(label, state), connections.Client)
            {
                AffinityToken = key.Length > 0 ? AffinityToken.For(key, label) : "",
            };
        }

        return new ServiceModel(name, config, destinations, state, new GuardModel(config.Resilience, time), Balancing(config.Balancing, previous), connections);
    }

    private IBalancingPolicy Balancing(BalancingConfig config, ServiceModel? previous) =>
        previous is not null && previous.Config.Balancing == config ? previous.Balancing : BalancingPolicies.Create(config, random, time);

    private static UpstreamConnections Connect(ServiceConfig config, UpstreamTls tls, ServiceModel? previous)
    {
        var identity = $"{tls.Identity}|{config.Resilience.ConnectTimeout}|{config.PreserveHost}";
        return previous?.Connections.Identity == identity ? previous.Connections : new UpstreamConnections(UpstreamClient.Create(config, tls), identity);
    }

    private static DestinationState? Find(ServiceModel? previous, string label, DestinationConfig config)
    {
        foreach (var destination in previous?.Destinations ?? [])
            if (destination.Name == label && destination.Config.Address == config.Address) return destination.State;
        return null;
    }

    // Empty for services without affinity.
    private string? AffinityKey(Resource<ServiceConfig> resource, FindingList findings)
    {
        if (resource.Spec.Balancing.Policy != "sticky") return "";
        if (resource.Spec.Balancing.Sticky.Key is not { } key) return $"tidegate affinity of {resource.Metadata.Name}";
        if (!key.StartsWith("${", StringComparison.Ordinal)) return key;
        if (secrets.TryResolve(key, out var value, out var reason)) return value;
        Reject(resource, findings, "secret_missing", "spec.balancing.sticky.key", reason ?? "The secret cannot be resolved.");
        return null;
    }

    private static ServiceModel? Reject(Resource resource, FindingList findings, string code, string path, string message)
    {
        findings.Error(resource, code, path, message);
        return null;
    }
}
