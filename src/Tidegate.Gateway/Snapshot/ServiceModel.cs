using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Snapshot;

/// <summary>A service as calls see it.</summary>
internal sealed class ServiceModel(
    string name, ServiceConfig config, DestinationModel[] destinations, ServiceState state, GuardModel guard, IBalancingPolicy balancing, UpstreamConnections connections)
{
    private volatile EligibleSet? _eligible;

    /// <summary>Name in the document.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public ServiceConfig Config { get; } = config;

    /// <summary>Its destinations, in document order.</summary>
    public DestinationModel[] Destinations { get; } = destinations;

    /// <summary>What is remembered across snapshots: retry budget, limits.</summary>
    public ServiceState State { get; } = state;

    /// <summary>Its resilience rules.</summary>
    public GuardModel Guard { get; } = guard;

    /// <summary>Its connections; kept by the next snapshot when nothing about them has changed.</summary>
    public UpstreamConnections Connections { get; } = connections;

    /// <summary>Which destinations may be used, as last computed; Balance keeps it fresh.</summary>
    public EligibleSet? Eligible
    {
        get => _eligible;
        set => _eligible = value;
    }

    /// <summary>How a destination is chosen.</summary>
    public IBalancingPolicy Balancing { get; } = balancing;

    /// <summary>The service asked when all attempts failed; set once by the builder, null for none.</summary>
    public ServiceModel? Fallback { get; set; }
}
