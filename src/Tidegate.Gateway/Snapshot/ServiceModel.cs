using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Balance;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Snapshot;

/// <summary>A service as calls see it.</summary>
internal sealed class ServiceModel(string name, ServiceConfig config, DestinationModel[] destinations, ServiceState state, IBalancingPolicy balancing)
{
    /// <summary>Name in the document.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public ServiceConfig Config { get; } = config;

    /// <summary>Its destinations, in document order.</summary>
    public DestinationModel[] Destinations { get; } = destinations;

    /// <summary>What is remembered across snapshots: retry budget, limits, connections.</summary>
    public ServiceState State { get; } = state;

    /// <summary>How a destination is chosen.</summary>
    public IBalancingPolicy Balancing { get; } = balancing;

    /// <summary>The service asked when all attempts failed; set once by the builder, null for none.</summary>
    public ServiceModel? Fallback { get; set; }
}
