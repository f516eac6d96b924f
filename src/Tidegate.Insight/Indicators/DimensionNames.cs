using System.Collections.Frozen;
using Tidegate.Core.Resources;

namespace Tidegate.Insight.Indicators;

/// <summary>What the configuration knows of a call besides its record: the team of a consumer, the region of a destination.</summary>
internal sealed class DimensionNames(ConfigDocument document)
{
    private readonly FrozenDictionary<string, string> _teams =
        document.Consumers.Where(c => c.Spec.Team is not null).ToFrozenDictionary(c => c.Metadata.Name, c => c.Spec.Team!, StringComparer.Ordinal);

    private readonly FrozenDictionary<(string, string), string> _regions = document.Services
        .SelectMany(s => s.Spec.Destinations.Select((d, i) => (Service: s.Metadata.Name, Name: d.Name ?? d.Address.Authority, d.Region)))
        .Where(d => d.Region is not null && d.Name.Length > 0)
        .ToFrozenDictionary(d => (d.Service, d.Name), d => d.Region!);

    private readonly FrozenDictionary<string, string> _providers =
        document.Providers.Where(p => p.Spec.Region is not null).ToFrozenDictionary(p => p.Metadata.Name, p => p.Spec.Region!, StringComparer.Ordinal);

    /// <summary>True when a consumer is of a team.</summary>
    public bool HasTeams => _teams.Count > 0;

    /// <summary>Services whose destinations say their region.</summary>
    public IEnumerable<string> ServicesWithRegions => _regions.Keys.Select(k => k.Item1).Distinct(StringComparer.Ordinal);

    /// <summary>True when a destination or a provider says its region.</summary>
    public bool HasRegions => _regions.Count + _providers.Count > 0;

    public string TeamOf(string consumer) => _teams.GetValueOrDefault(consumer, "");

    public string RegionOf(string service, string destination, string provider) =>
        _regions.TryGetValue((service, destination), out var region) ? region : _providers.GetValueOrDefault(provider, "");
}
