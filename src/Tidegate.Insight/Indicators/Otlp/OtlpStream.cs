namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>What was counted of a stream so far, so that nothing counts twice: points may be delivered again, and cumulative ones say all they ever counted.</summary>
internal sealed class OtlpStream
{
    /// <summary>A point is delivered again within minutes: so many ends of points are known for sure.</summary>
    private const int Remembered = 16;

    private readonly Queue<ulong> _times = new(Remembered);
    private ulong _forgotten;
    private (ulong Start, ulong Time, double Counted, double Good)? _last;

    /// <summary>Time of the newest point.</summary>
    public ulong Newest { get; private set; }

    /// <summary>What a point adds to what was counted; null when it had been delivered before.</summary>
    /// <param name="point">The point.</param>
    /// <param name="fromStart">True when all it counted since its start counts, should it be the first.</param>
    /// <exception cref="FormatException">It is too old to tell whether it was counted.</exception>
    public (double Counted, double Good)? Take(OtlpPoint point, bool fromStart)
    {
        if (point.IsCumulative) return Cumulative(point, fromStart);
        if (point.Time <= Newest)
        {
            if (_times.Contains(point.Time)) return null;
            // Between points that are remembered it is a late one; before them nobody knows.
            if (_times.Count == 0 || point.Time <= _forgotten) throw new FormatException("it is older than what is remembered of its stream, so it may have been counted");
        }

        Remember(point.Time);
        return (point.Counted, point.Good);
    }

    private (double Counted, double Good)? Cumulative(OtlpPoint point, bool fromStart)
    {
        var last = _last;
        // What an older point had counted is in the newer one.
        if (last is { } newest && point.Time <= newest.Time) return null;
        _last = (point.Start, point.Time, point.Counted, point.Good);
        Newest = point.Time;
        if (last is not { } before) return fromStart ? (point.Counted, point.Good) : (0, 0);
        // A counter that began anew, or that fell, has counted all it says since.
        if (point.Start > before.Start || point.Counted < before.Counted) return (point.Counted, point.Good);
        var counted = point.Counted - before.Counted;
        // Buckets of exponential histograms are joined as they grow: good events that share one with bad ones are good no longer.
        return (counted, Math.Clamp(point.Good - before.Good, 0, counted));
    }

    private void Remember(ulong time)
    {
        // The first is the oldest that is known; later the newest of those let go: they come in any order.
        if (_times.Count == 0) _forgotten = time;
        else if (_times.Count == Remembered) _forgotten = Math.Max(_forgotten, _times.Dequeue());
        _times.Enqueue(time);
        if (time > Newest) Newest = time;
    }
}
