using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Models.Targets;

namespace Tidegate.Gateway.Snapshot;

/// <summary>The caches of the aliases in force, read when somebody looks.</summary>
internal sealed class CacheMetrics
{
    private readonly SnapshotHolder _holder;

    public CacheMetrics(SnapshotHolder holder, Meter meter)
    {
        _holder = holder;
        ModelMetricNames.CacheCalls.Counter(meter, Calls);
        ModelMetricNames.CacheStored.Counter(meter, () => Of(static a => a.State.Cached.Stored));
        ModelMetricNames.CacheEntries.Gauge(meter, () => Of(static a => a.Cache!.Entries));
        ModelMetricNames.CacheBytes.Gauge(meter, () => Of(static a => a.Cache!.Bytes));
    }

    private IEnumerable<AliasModel> Aliases => (_holder.Current?.Models.All ?? []).Where(static a => a.Cache is not null);

    private IEnumerable<Measurement<long>> Of(Func<AliasModel, long> read) =>
        from alias in Aliases
        select new Measurement<long>(read(alias), new KeyValuePair<string, object?>("service", alias.Name));

    private IEnumerable<Measurement<long>> Calls() =>
        from alias in Aliases
        let counts = alias.State.Cached
        from result in new[] { ("hit", counts.Hits), ("miss", counts.Misses), ("bypass", counts.Bypasses) }
        select new Measurement<long>(result.Item2, new KeyValuePair<string, object?>("service", alias.Name), new("result", result.Item1));
}
