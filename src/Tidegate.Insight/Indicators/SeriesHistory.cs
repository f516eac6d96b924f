using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Series;

namespace Tidegate.Insight.Indicators;

/// <summary>What is on disk of series: every count that a tick wrote, finer the younger it is.</summary>
public sealed class SeriesHistory
{
    /// <summary>How long counts are kept by the minute, by five minutes, and by the hour.</summary>
    public static IReadOnlyList<(TimeSpan Step, TimeSpan Kept)> Retention { get; } =
        [(TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)), (TimeSpan.FromMinutes(5), TimeSpan.FromDays(90)), (TimeSpan.FromHours(1), TimeSpan.FromDays(731))];

    private readonly SeriesStore _store;
    private readonly SeriesPeers? _peers;

    internal SeriesHistory(SeriesStore store, SeriesPeers? peers = null) => (_store, _peers) = (store, peers);

    /// <summary>Counts of a series, oldest first: by the hour before <paramref name="fineFrom"/>, as fine as they are kept since.</summary>
    public async Task<IReadOnlyList<SeriesDelta>> ReadAsync(string series, DateTimeOffset from, DateTimeOffset fineFrom, CancellationToken cancel)
    {
        if (_peers?.Look(series) is not var (cut, told)) return await _store.ReadAsync(series, from, fineFrom, null, cancel);
        var read = await _store.ReadAsync(series, from, fineFrom, cut, cancel);
        return [.. read.Concat(told.Where(delta => delta.At >= from)).OrderBy(delta => delta.At)];
    }

    /// <summary>Counts of a series in a time, oldest first, in the steps they are kept in: coarser the older they are.</summary>
    public Task<IReadOnlyList<SeriesStretch>> StretchesAsync(string series, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
        _store.StretchesAsync(series, from, until, cancel);

    /// <summary>Share of the events of a series in the last minutes that this node counted itself, not another on the same database: 1 where there can be no other; null when nobody counted any.</summary>
    public double? OwnShare(string series) => _peers is null ? 1 : _peers.OwnShare(series);

    /// <summary>Names of the series that begin with a text: those of a grouped indicator, one for each value.</summary>
    public Task<IReadOnlyList<string>> NamesAsync(string prefix, CancellationToken cancel) => _store.NamesAsync(prefix, cancel);

    /// <summary>Durations of a series between two times; null when nobody measured.</summary>
    public Task<LatencyHistogram?> DurationsAsync(string series, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
        _store.DurationsAsync(series, from, until, cancel);
}
