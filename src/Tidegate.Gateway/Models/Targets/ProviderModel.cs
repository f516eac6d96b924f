using System.Collections.Concurrent;
using Tidegate.Core.Resources.Providers;
using Tidegate.Gateway.Request.Forward;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Models.Providers;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>A provider as calls see it.</summary>
/// <param name="name">Name in the document.</param>
/// <param name="config">What the document says.</param>
/// <param name="vendor">How it is spoken to.</param>
/// <param name="keys">Its pool of keys, secrets resolved; one without a secret where none is asked for.</param>
/// <param name="state">Clock, randomness and events of its targets; kept across snapshots.</param>
/// <param name="connections">Its connections.</param>
internal sealed class ProviderModel(string name, ProviderConfig config, Vendor vendor, KeyModel[] keys, ServiceState state, UpstreamConnections connections)
{
    private readonly ConcurrentDictionary<string, Uri> _addresses = new(StringComparer.Ordinal);

    /// <summary>Name in the document.</summary>
    public string Name { get; } = name;

    /// <summary>What the document says.</summary>
    public ProviderConfig Config { get; } = config;

    /// <summary>How it is spoken to.</summary>
    public Vendor Vendor { get; } = vendor;

    /// <summary>Its pool of keys, by priority.</summary>
    public KeyModel[] Keys { get; } = keys;

    /// <summary>What outlives snapshots.</summary>
    public ServiceState State { get; } = state;

    /// <summary>Its connections.</summary>
    public UpstreamConnections Connections { get; } = connections;

    /// <summary>What its addresses are made of.</summary>
    public VendorAccount Account { get; } = new((config.Address?.ToString() ?? vendor.AddressIn(config.Region) ?? "").TrimEnd('/'), config.Region, config.Project, config.ApiVersion);

    /// <summary>Address of one of its operations: a handful for each model, so each is read once.</summary>
    public Uri AddressOf(string path) => _addresses.GetOrAdd(path, static (path, account) => new Uri(account.Address + path), Account);
}
