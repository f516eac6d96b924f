using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Balance;

namespace Tidegate.Gateway.Snapshot;

/// <summary>A destination as calls see it.</summary>
internal sealed class DestinationModel(string name, DestinationConfig config, DestinationState state)
{
    /// <summary>Name in logs and metrics.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public DestinationConfig Config { get; } = config;

    /// <summary>Address without a trailing slash, as the forwarder wants it.</summary>
    public string Prefix { get; } = config.Address.AbsoluteUri.TrimEnd('/');

    /// <summary>What is remembered across snapshots: load, health, breaker.</summary>
    public DestinationState State { get; } = state;
}
