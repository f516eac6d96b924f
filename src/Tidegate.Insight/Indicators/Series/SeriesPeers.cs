using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Pushed;

namespace Tidegate.Insight.Indicators.Series;

/// <summary>
/// What other nodes on the same database counted, so that whoever judges has the calls of all: their minutes are read again in every tick, and what is new in them
/// is told. Of the youngest minutes it knows exactly what it has told; history leaves those rows out and takes them from here, so that nothing counts twice. What was pushed to other nodes it knows by the number of the last push it has told.
/// </summary>
/// <param name="store">The counts on disk.</param>
/// <param name="hub">Knows which rows are our own.</param>
/// <param name="shared">Other nodes may use the database; where none can, there is nothing to read.</param>
internal sealed class SeriesPeers(SeriesStore store, SeriesHub hub, bool shared)
{
    /// <summary>How far back minutes are read again: a node writes what it counted every 10 seconds.</summary>
    private static readonly TimeSpan Usual = TimeSpan.FromMinutes(3);

    /// <summary>The same at first, and after the database was away: nodes write then what they kept in memory meanwhile.</summary>
    private static readonly TimeSpan Afterwards = TimeSpan.FromMinutes(12);

    /// <summary>Of which minutes it is known what was told. Shorter than own minutes stay open (<see cref="SeriesBook"/>).</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(14);

    /// <summary>For so long after a gap rows are looked for as far back as <see cref="Afterwards"/>.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Dictionary<(long Minute, long Writer), Tally>> _told = new(StringComparer.Ordinal);
    private DateTimeOffset? _last;
    private DateTimeOffset _gap;
    private long _from = long.MaxValue;
    private long? _pushed;

    /// <summary>What is new since the last time. To be called in a tick, before history is read.</summary>
    public async Task<IReadOnlyList<SeriesDelta>> ReadAsync(DateTimeOffset now, CancellationToken cancel)
    {
        if (!shared) return [];
        if (_last is null || now - _last > 3 * SeriesHub.Tick) _gap = now;
        var first = SeriesBook.MinuteOf(now - (now - _gap < Settling ? Afterwards : Usual));
        var others = await store.OthersAsync(first, cancel);
        var pushed = await store.PushedAsync(_pushed, hub.Node, cancel);
        lock (_gate)
        {
            List<SeriesDelta> deltas = [.. pushed.Minutes.Select(m => new SeriesDelta(m.Series, Happened(m.Minute, now), PushJournal.EventsOf(m)))];
            foreach (var (series, minute, writer, events) in others)
            {
                if (hub.Owns(series, minute, writer)) continue;
                if (!_told.TryGetValue(series, out var told)) _told[series] = told = [];
                var before = told.GetValueOrDefault((minute, writer));
                if (events == before) continue;
                told[(minute, writer)] = events;
                deltas.Add(new SeriesDelta(series, Happened(minute, now), events - before));
            }

            (_last, _pushed) = (now, pushed.Last);
            _from = Math.Max(Math.Min(_from, first), SeriesBook.MinuteOf(now - Remembered));
            Forget();
            return deltas;
        }
    }

    /// <summary>Rows of a series that history must leave out, and what was told of those, of one moment: history is also read beside a tick. Null: none.</summary>
    public (SeriesCut Cut, IReadOnlyList<SeriesDelta> Told)? Look(string series)
    {
        lock (_gate)
        {
            if (_last is not { } last) return null;
            var cut = new SeriesCut(_from, hub.Writers(series, _from, SeriesBook.MinuteOf(last) + 1), _pushed ?? 0, hub.Node);
            return (cut, _told.TryGetValue(series, out var told)
                ? [.. told.Where(t => t.Key.Minute >= _from).Select(t => new SeriesDelta(series, DateTimeOffset.FromUnixTimeSeconds(t.Key.Minute * 60), t.Value))]
                : []);
        }
    }

    /// <summary>Share of the events of the last minutes that this process counted itself: 1 where no other can; null while nobody counted any.</summary>
    public double? OwnShare(string series)
    {
        if (!shared) return 1;
        lock (_gate)
        {
            if (_last is null) return null;
            var others = _told.TryGetValue(series, out var told) ? told.Where(t => t.Key.Minute >= _from).Sum(t => t.Value.Total) : 0;
            var own = hub.Own(series, _from).Total;
            return own + others > 0 ? own / (own + others) : null;
        }
    }

    // Most of what is new has just happened; and nothing happens later than now, whatever the other node's clock says.
    private static DateTimeOffset Happened(long minute, DateTimeOffset now)
    {
        var last = DateTimeOffset.FromUnixTimeSeconds((minute * 60) + 59);
        return last < now ? last : now;
    }

    private void Forget()
    {
        foreach (var (series, told) in _told)
        {
            foreach (var key in told.Keys)
                if (key.Minute < _from) told.Remove(key);
            if (told.Count == 0) _told.Remove(series);
        }
    }
}
