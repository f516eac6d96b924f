using System.Diagnostics.Metrics;
using Tidegate.Core.Calls;
using Tidegate.Gateway.Request.Stale;

namespace Tidegate.Gateway.Snapshot;

/// <summary>The answers that the routes in force keep, read when somebody looks.</summary>
internal sealed class StaleMetrics
{
    private static readonly (StaleDrop Reason, string Word)[] Drops =
    [
        (StaleDrop.NotAllowed, "not_allowed"), (StaleDrop.TooLarge, "too_large"), (StaleDrop.NoRoom, "no_room"), (StaleDrop.Incomplete, "incomplete"), (StaleDrop.Evicted, "evicted"),
    ];

    private readonly SnapshotHolder _holder;

    public StaleMetrics(SnapshotHolder holder, Meter meter)
    {
        _holder = holder;
        StaleMetricNames.Answers.Counter(meter, () => Each(static s => [("on_error", s.Counts.OnError), ("always", s.Counts.Always)]));
        StaleMetricNames.Dropped.Counter(meter, () => Each(static s => Drops.Select(d => (d.Word, s.Counts.Dropped(d.Reason)))));
        StaleMetricNames.Stored.Counter(meter, () => Of(static s => s.Counts.Stored));
        StaleMetricNames.Entries.Gauge(meter, () => Of(static s => s.Store.Entries));
        StaleMetricNames.Bytes.Gauge(meter, () => Of(static s => s.Store.Bytes));
    }

    private IEnumerable<RouteModel> Routes => (_holder.Current?.Routes.Routes ?? []).Where(static r => r.Stale is not null);

    private IEnumerable<Measurement<long>> Of(Func<StaleModel, long> read) =>
        from route in Routes
        select new Measurement<long>(read(route.Stale!), new KeyValuePair<string, object?>("route", route.Name));

    private IEnumerable<Measurement<long>> Each(Func<StaleModel, IEnumerable<(string Reason, long Value)>> read) =>
        from route in Routes
        from count in read(route.Stale!)
        select new Measurement<long>(count.Value, new KeyValuePair<string, object?>("route", route.Name), new("reason", count.Reason));
}
