using Tidegate.Insight.CallLog;
using Tidegate.Insight.Indicators;

namespace Tidegate.Insight.Objectives.Alerting;

/// <summary>Bad calls and all, by the values of a dimension, of those of the call log that an objective counts in a time.</summary>
internal sealed class CallCounts(CallStore calls, IndicatorCalls which, DateTimeOffset from, DateTimeOffset until)
{
    private const int MostValues = 100;

    private readonly Dictionary<string, IReadOnlyDictionary<string, (long Bad, long All)>> _known = new(StringComparer.Ordinal);

    /// <summary>By a field of the call log.</summary>
    public async Task<IReadOnlyDictionary<string, (long Bad, long All)>> ByAsync(string dimension, CancellationToken cancel) =>
        _known.TryGetValue(dimension, out var known) ? known : _known[dimension] = await ByAsync(which, dimension, cancel);

    /// <summary>By team, which the configuration says of consumers.</summary>
    public async Task<IReadOnlyDictionary<string, (long Bad, long All)>> ByTeamAsync(DimensionNames names, CancellationToken cancel) =>
        Sum((await ByAsync("consumer", cancel)).Select(c => (names.TeamOf(c.Key), c.Value)));

    /// <summary>By region, which the configuration says of destinations of services, and of providers. The rest of the calls have none.</summary>
    public async Task<IReadOnlyDictionary<string, (long Bad, long All)>> ByRegionAsync(DimensionNames names, CancellationToken cancel)
    {
        var found = (await ByAsync("provider", cancel)).Select(p => (Region: names.RegionOf("", "", p.Key), p.Value)).ToList();
        var services = await ByAsync("service", cancel);
        foreach (var service in names.ServicesWithRegions.Where(services.ContainsKey))
        {
            var own = CallFilter.Is("service", [service]);
            found.AddRange((await ByAsync(new IndicatorCalls(which.All.And(own), which.Bad.And(own)), "destination", cancel)).Select(d => (names.RegionOf(service, d.Key, ""), d.Value)));
        }

        found.RemoveAll(f => f.Region.Length == 0);
        found.Add(("", (services.Values.Sum(s => s.Bad) - found.Sum(f => f.Value.Bad), services.Values.Sum(s => s.All) - found.Sum(f => f.Value.All))));
        return Sum(found);
    }

    private async Task<IReadOnlyDictionary<string, (long Bad, long All)>> ByAsync(IndicatorCalls some, string dimension, CancellationToken cancel)
    {
        var (all, bad) = (await CountAsync(some.All, dimension, cancel), await CountAsync(some.Bad, dimension, cancel));
        return all.ToDictionary(a => a.Key, a => (bad.GetValueOrDefault(a.Key), a.Value), StringComparer.Ordinal);
    }

    private async Task<IReadOnlyDictionary<string, long>> CountAsync(CallFilter filter, string dimension, CancellationToken cancel) =>
        (await calls.TopAsync(new CallTopQuery { From = from, Until = until, Filter = filter, By = dimension, Limit = MostValues }, cancel)).ToDictionary(r => r.Key, r => r.Numbers.Count, StringComparer.Ordinal);

    private static Dictionary<string, (long Bad, long All)> Sum(IEnumerable<(string Value, (long Bad, long All) Seen)> counts) =>
        counts.GroupBy(c => c.Value, c => c.Seen, StringComparer.Ordinal).ToDictionary(g => g.Key, g => (g.Sum(s => s.Bad), g.Sum(s => s.All)), StringComparer.Ordinal);
}
