using System.Globalization;

namespace Tidegate.Insight.CallLog.Segments;

/// <summary>
/// A part of the call log in a file of its own, so that retention is deleting a file: DuckDB does not give space back (docs/decisions). Named after the
/// day it was begun on and a number. What it holds is kept up to date by the writer.
/// </summary>
internal sealed class Segment(string path, DateOnly day, int number)
{
    private const string Prefix = "calls-", Extension = ".duckdb";
    private readonly Lock _gate = new();
    private int _readers;
    private Action? _afterLast;
    private long _bytes, _calls, _earliest = long.MaxValue, _latest = long.MinValue;

    /// <summary>File.</summary>
    public string Path { get; } = path;

    /// <summary>UTC day it was begun on.</summary>
    public DateOnly Day { get; } = day;

    /// <summary>Among those of the day, from 1.</summary>
    public int Number { get; } = number;

    /// <summary>Name under which it is attached.</summary>
    public string Alias => string.Create(CultureInfo.InvariantCulture, $"calls_{Day:yyyyMMdd}_{Number:0000}");

    /// <summary>Version of its tables.</summary>
    public int Version { get; set; } = SegmentSchema.Version;

    /// <summary>Calls in it.</summary>
    public long Calls => Volatile.Read(ref _calls);

    /// <summary>Start of the latest call; null when empty.</summary>
    public DateTime? Latest => Calls == 0 ? null : new(Volatile.Read(ref _latest), DateTimeKind.Utc);

    /// <summary>Start of the earliest call; null when empty.</summary>
    public DateTime? Earliest => Calls == 0 ? null : new(Volatile.Read(ref _earliest), DateTimeKind.Utc);

    /// <summary>It is not written any more, and attached so that others can read its file.</summary>
    public bool IsSealed { get; set; }

    /// <summary>Somebody reads it.</summary>
    public bool IsRead
    {
        get
        {
            lock (_gate) return _readers > 0;
        }
    }

    /// <summary>Monotonic time when it was first found to be too old; null when it is not.</summary>
    public long? ExpiredSince { get; set; }

    /// <summary>Bytes on disk, with its log, when last measured.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Its write-ahead log.</summary>
    public string LogPath => Path + ".wal";

    /// <summary>A file name for a new one.</summary>
    public static Segment New(string directory, DateOnly day, int number) =>
        new(System.IO.Path.Combine(directory, string.Create(CultureInfo.InvariantCulture, $"{Prefix}{day:yyyyMMdd}-{number:0000}{Extension}")), day, number);

    /// <summary>The segments of a directory, oldest first.</summary>
    public static List<Segment> Of(string directory) =>
        [.. Directory.EnumerateFiles(directory, Prefix + "*" + Extension).Select(Parse).OfType<Segment>().OrderBy(s => s.Day).ThenBy(s => s.Number)];

    /// <summary>It may hold calls that began in the time asked for.</summary>
    public bool Overlaps(DateTime? from, DateTime? until) =>
        Calls > 0 && (from is null || Volatile.Read(ref _latest) >= from.Value.Ticks) && (until is null || Volatile.Read(ref _earliest) < until.Value.Ticks);

    /// <summary>Calls were written. Only the writer calls this.</summary>
    public void Added(long calls, DateTime earliest, DateTime latest)
    {
        Volatile.Write(ref _earliest, Math.Min(_earliest, earliest.Ticks));
        Volatile.Write(ref _latest, Math.Max(_latest, latest.Ticks));
        Volatile.Write(ref _calls, _calls + calls);
    }

    /// <summary>What it holds is found out anew. Only the writer calls this.</summary>
    public void Forget()
    {
        Volatile.Write(ref _calls, 0);
        Volatile.Write(ref _earliest, long.MaxValue);
        Volatile.Write(ref _latest, long.MinValue);
    }

    /// <summary>Looks how large its files are. Only the writer calls this: whoever shows the size must not wait for a disk.</summary>
    public void Measure() => Volatile.Write(ref _bytes, Length(Path) + Length(LogPath));

    /// <summary>Somebody reads it; it stays attached until <see cref="Release"/>.</summary>
    public void Acquire()
    {
        lock (_gate) _readers++;
    }

    /// <summary>Somebody is done with it.</summary>
    public void Release()
    {
        Action? last;
        lock (_gate) last = --_readers == 0 ? _afterLast : null;
        last?.Invoke();
    }

    /// <summary>Runs something once nobody reads it: now, or when the last one is done. New readers must not be able to find it any more.</summary>
    public void WhenUnread(Action then)
    {
        lock (_gate)
        {
            if (_readers > 0)
            {
                _afterLast = then;
                return;
            }
        }
        then();
    }

    /// <summary>Removes its files.</summary>
    public void Delete()
    {
        File.Delete(LogPath);
        File.Delete(Path);
    }

    private static Segment? Parse(string path)
    {
        var parts = System.IO.Path.GetFileNameWithoutExtension(path)[Prefix.Length..].Split('-');
        return parts.Length == 2
            && DateOnly.TryParseExact(parts[0], "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? new(path, day, number) : null;
    }

    private static long Length(string path) => new FileInfo(path) is { Exists: true } file ? file.Length : 0;
}
