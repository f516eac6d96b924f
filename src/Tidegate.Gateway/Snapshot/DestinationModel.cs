using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Balance;

namespace Tidegate.Gateway.Snapshot;

/// <summary>A destination as calls see it.</summary>
internal sealed class DestinationModel(string name, DestinationConfig config, DestinationState state, HttpMessageInvoker client)
{
    /// <summary>Name in logs and metrics.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public DestinationConfig Config { get; } = config;

    /// <summary>Address without a trailing slash, as the forwarder wants it.</summary>
    public string Prefix { get; } = config.Address.AbsoluteUri.TrimEnd('/');

    /// <summary>What is remembered across snapshots: load, health, breaker.</summary>
    public DestinationState State { get; } = state;

    /// <summary>Connections to it; one client for all destinations of a service.</summary>
    public HttpMessageInvoker Client { get; } = client;

    /// <summary>It is reached over TLS.</summary>
    public bool IsSecure { get; } = string.Equals(config.Address.Scheme, Uri.UriSchemeHttps, StringComparison.OrdinalIgnoreCase);

    /// <summary>Hash of its name, for consistent hashing.</summary>
    public ulong NameHash { get; } = ConsistentHashPolicy.Hash(name);

    /// <summary>Cookie value that stands for it; empty unless the service is sticky.</summary>
    public string AffinityToken { get; init; } = "";
}
