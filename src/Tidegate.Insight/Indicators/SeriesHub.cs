using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Series;

namespace Tidegate.Insight.Indicators;

/// <summary>
/// Where good and bad events of all sources come together, whoever counts them: the gateway, Prometheus, probes, programs that push. What comes in is in the
/// memory of the node until the next tick writes it down, at most 10 seconds later.
/// </summary>
public sealed class SeriesHub : IDisposable
{
    /// <summary>How often what was counted is written down and objectives are judged.</summary>
    public static readonly TimeSpan Tick = TimeSpan.FromSeconds(10);

    /// <summary>Minutes that may wait to be written before sources hold back what they can bring later: a tick writes them within a second or two, and judges nobody meanwhile.</summary>
    internal const int MostWaiting = 100_000;

    private readonly Lock _gate = new();
    private readonly SeriesBook _book;
    private List<SeriesDelta> _deltas = [];

    internal SeriesHub(SeriesBook book) => _book = book;

    /// <summary>Adds events to those that are known.</summary>
    /// <param name="series">Name of the series.</param>
    /// <param name="at">When they happened.</param>
    /// <param name="events">Bad and all of them. Bad ones below zero where all are bad that were not told to be good.</param>
    /// <param name="durations">How long they took, where the indicator is one of time.</param>
    public void Add(string series, DateTimeOffset at, Tally events, LatencyHistogram? durations = null)
    {
        if (events == Tally.None) return;
        lock (_gate)
        {
            _book.Add(series, at, events, durations);
            _deltas.Add(new(series, at, events));
        }
    }

    /// <summary>Says how many events a minute had, as a source that can be asked again knows it. What it said of that minute before is replaced.</summary>
    /// <param name="series">Name of the series.</param>
    /// <param name="minute">Any moment of the minute.</param>
    /// <param name="events">Bad and all of them.</param>
    public void Replace(string series, DateTimeOffset minute, Tally events)
    {
        lock (_gate)
        {
            var before = _book.Replace(series, minute, events);
            if (events != before) _deltas.Add(new(series, minute, events - before));
        }
    }

    /// <summary>Says how many events minutes had, all at once: nobody judges some of them without the others. They and the coverage reach the disk in one change.</summary>
    /// <param name="minutes">Beginnings of minutes, and their events. Those left out keep what was said of them before.</param>
    /// <param name="coverage">From when to when the source was asked by now.</param>
    internal void Say(IReadOnlyList<(DateTimeOffset Minute, Tally Events)> minutes, SeriesCoverage coverage)
    {
        lock (_gate)
        {
            foreach (var (minute, events) in minutes)
            {
                var before = _book.Replace(coverage.Series, minute, events);
                if (events != before) _deltas.Add(new(coverage.Series, minute, events - before));
            }

            _book.Cover(coverage);
        }
    }

    /// <summary>True until what a source said last about a series is on disk.</summary>
    internal bool IsWaiting(string series)
    {
        lock (_gate) return _book.IsWaiting(series);
    }

    /// <summary>True while so much waits to be written that whoever brings the past should do so later.</summary>
    internal bool IsFull
    {
        get
        {
            lock (_gate) return _book.Waiting >= MostWaiting;
        }
    }

    /// <summary>Tells what a source said before of the minutes of a series, so that what it says anew replaces it. For sources, before they ask again after a restart.</summary>
    internal void Recall(string series, IEnumerable<(DateTimeOffset Minute, Tally Events)> known)
    {
        lock (_gate) _book.Recall(series, known);
    }

    /// <summary>
    /// What is to be written, and what came since the last time, of one moment: whoever reads from the disk what was written has all of what came, and gets nothing
    /// of it twice.
    /// </summary>
    internal (IReadOnlyList<SeriesBucket> Dirty, IReadOnlyList<SeriesCoverage> Coverage, IReadOnlyList<SeriesDelta> Deltas) Take()
    {
        lock (_gate)
        {
            var taken = _deltas;
            _deltas = [];
            return (_book.Dirty(), _book.Coverage(), taken);
        }
    }

    /// <summary>Tells this process from others.</summary>
    internal long Node => _book.Node;

    /// <summary>Events that this process counted since a minute, as far as minutes are open.</summary>
    internal Tally Own(string series, long from)
    {
        lock (_gate) return _book.Own(series, from);
    }

    /// <summary>True when this process has written a row.</summary>
    internal bool Owns(string series, long minute, long writer)
    {
        lock (_gate) return _book.Owns(series, minute, writer);
    }

    /// <summary>Writers of this process's own rows of a series, from a minute to another.</summary>
    internal IReadOnlyList<long> Writers(string series, long from, long until)
    {
        lock (_gate) return _book.Writers(series, from, until);
    }

    /// <summary>These are on disk.</summary>
    internal void Written(IReadOnlyList<SeriesBucket> buckets, IReadOnlyList<SeriesCoverage> coverage, DateTimeOffset now)
    {
        lock (_gate) _book.Written(buckets, coverage, now);
    }

    /// <summary>Held by a tick from taking what came until it is judged, and by whoever writes counts down by itself: each judges or writes while the other does not.</summary>
    internal SemaphoreSlim Turn { get; } = new(1);

    /// <summary>Tells of events that are on disk already.</summary>
    internal void Tell(SeriesDelta written)
    {
        lock (_gate) _deltas.Add(written);
    }

    /// <inheritdoc/>
    public void Dispose() => Turn.Dispose();
}
