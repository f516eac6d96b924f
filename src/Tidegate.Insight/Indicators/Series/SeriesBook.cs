using Tidegate.Core.Windows;

namespace Tidegate.Insight.Indicators.Series;

/// <summary>
/// Minutes that are not finished or not on disk yet. Each is written with all that this process counted in it, under a writer id of this process's own: a row
/// that is written twice says the same, and what a process before counted in the same minute stands in a row of its own. Not thread-safe.
/// </summary>
internal sealed class SeriesBook(Func<long> newWriter)
{
    /// <summary>Writer of what a source said that can be asked again: whoever asks, it is the same row.</summary>
    public const long Source = 0;

    /// <summary>Writer of what is added to rows on disk, by whoever knows that it was not added before.</summary>
    public const long Added = 2;

    /// <summary>Tells this process from others.</summary>
    public long Node { get; } = newWriter();

    /// <summary>How long a minute stays open for what comes late. What is later still gets a row of its own.</summary>
    private static readonly TimeSpan Open = TimeSpan.FromMinutes(15);

    /// <summary>How long it is remembered what a source said, so that it can say it again.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(8);

    private readonly Dictionary<(string Series, long Minute, bool Source), Entry> _open = [];
    private readonly Dictionary<string, SeriesCoverage> _coverage = new(StringComparer.Ordinal);
    private readonly LatencyHistogram _sum = new();

    /// <summary>Minutes that are not on disk.</summary>
    public int Waiting { get; private set; }

    public static long MinuteOf(DateTimeOffset at) => at.ToUnixTimeSeconds() / 60;

    public void Add(string series, DateTimeOffset at, Tally events, LatencyHistogram? durations)
    {
        var entry = EntryOf(series, MinuteOf(at), source: false);
        entry.Events += events;
        if (durations is not null) entry.Durations = Merged(entry.Durations, durations);
        Wait(entry);
    }

    /// <summary>What was known before.</summary>
    public Tally Replace(string series, DateTimeOffset at, Tally events)
    {
        var entry = EntryOf(series, MinuteOf(at), source: true);
        var before = entry.Events;
        entry.Events = events;
        if (events != before) Wait(entry);
        return before;
    }

    /// <summary>A source was asked from then to then; on disk together with what it said.</summary>
    public void Cover(SeriesCoverage coverage) => _coverage[coverage.Series] = coverage;

    /// <summary>True until what was said last about a series is on disk.</summary>
    public bool IsWaiting(string series) => _coverage.ContainsKey(series);

    public void Recall(string series, IEnumerable<(DateTimeOffset Minute, Tally Events)> known)
    {
        foreach (var (minute, events) in known)
        {
            var key = (series, MinuteOf(minute), true);
            if (!_open.ContainsKey(key)) _open[key] = new Entry { Writer = Source, Events = events };
        }
    }

    public bool Owns(string series, long minute, long writer) => _open.GetValueOrDefault((series, minute, false))?.Writer == writer;

    /// <summary>Writers of this process's own rows of a series since a minute.</summary>
    public IReadOnlyList<long> Writers(string series, long from, long until)
    {
        var writers = new List<long>();
        for (var minute = from; minute <= until; minute++)
            if (_open.GetValueOrDefault((series, minute, false)) is { } entry) writers.Add(entry.Writer);
        return writers;
    }

    /// <summary>Events that this process counted since a minute.</summary>
    public Tally Own(string series, long from) => _open.Where(o => o.Key.Series == series && o.Key.Minute >= from && !o.Key.Source).Aggregate(Tally.None, (sum, o) => sum + o.Value.Events);

    public IReadOnlyList<SeriesBucket> Dirty() =>
        [.. _open.Where(o => o.Value.Dirty).Select(o => new SeriesBucket(o.Key.Series, o.Key.Minute, o.Value.Writer, o.Value.Events, o.Value.Durations))];

    public IReadOnlyList<SeriesCoverage> Coverage() => [.. _coverage.Values];

    public void Written(IReadOnlyList<SeriesBucket> buckets, IReadOnlyList<SeriesCoverage> coverage, DateTimeOffset now)
    {
        foreach (var covered in coverage)
            if (_coverage.GetValueOrDefault(covered.Series) == covered) _coverage.Remove(covered.Series);
        foreach (var bucket in buckets)
            if (_open.GetValueOrDefault((bucket.Series, bucket.Minute, bucket.Writer == Source)) is { } entry && entry is { Dirty: true } && entry.Events == bucket.Events) (entry.Dirty, Waiting) = (false, Waiting - 1);
        var (counted, said) = (MinuteOf(now - Open), MinuteOf(now - Remembered));
        foreach (var (key, entry) in _open)
        {
            if (!entry.Dirty && key.Minute < (key.Source ? said : counted)) _open.Remove(key);
        }
    }

    // Ten thousand series have a minute open each, some of them fifteen: in the few bytes that are written, not as histograms of kilobytes.
    private byte[] Merged(byte[]? known, LatencyHistogram more)
    {
        if (known is null) return more.ToBytes();
        _sum.Clear();
        _sum.Add(known);
        _sum.Add(more);
        return _sum.ToBytes();
    }

    private void Wait(Entry entry)
    {
        if (!entry.Dirty) (entry.Dirty, Waiting) = (true, Waiting + 1);
    }

    private Entry EntryOf(string series, long minute, bool source)
    {
        var key = (series, minute, source);
        if (!_open.TryGetValue(key, out var entry)) _open[key] = entry = new Entry { Writer = source ? Source : newWriter() };
        return entry;
    }

    private sealed class Entry
    {
        public required long Writer { get; init; }

        public Tally Events { get; set; }

        /// <summary>Never changed, only replaced: whoever writes it has it as it was.</summary>
        public byte[]? Durations { get; set; }

        public bool Dirty { get; set; }
    }
}
