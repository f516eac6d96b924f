using Tidegate.Core.Windows;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>What an indicator has counted of the streams it got. Used by one at a time.</summary>
internal sealed class OtlpCounting(OtlpIndicator indicator, DateTimeOffset began)
{
    /// <summary>Streams of one indicator. More are refused: attributes are made by others.</summary>
    public const int MostStreams = 10_000;

    private static readonly TimeSpan Forgotten = TimeSpan.FromHours(25);
    private static readonly TimeSpan Quiet = TimeSpan.FromMinutes(10);

    private readonly Dictionary<(OtlpPart Part, string Stream), OtlpStream> _streams = [];
    private DateTimeOffset? _last;
    private (DateTimeOffset At, string Reason)? _refused;

    /// <summary>What is counted.</summary>
    public OtlpIndicator Indicator { get; } = indicator;

    /// <summary>Since when it listens: what a counter counted that was begun later counts from its start.</summary>
    public ulong Began { get; } = (ulong)began.ToUnixTimeMilliseconds() * 1_000_000;

    /// <summary>Counts a point.</summary>
    /// <returns>What it adds; nothing when it had been delivered before.</returns>
    /// <exception cref="FormatException">It cannot be counted; the message says why.</exception>
    public Tally Take(OtlpPart part, OtlpPoint point, string stream, bool fromStart, DateTimeOffset now)
    {
        if (!_streams.TryGetValue((part, stream), out var known))
        {
            if (_streams.Count >= MostStreams) throw new FormatException($"there are more than {MostStreams} streams of {Indicator.Text}: choose fewer by attributes");
            _streams[(part, stream)] = known = new OtlpStream();
        }

        if (part == OtlpPart.Value)
        {
            // Values are events of their own, each counted once: as a delta of one.
            var value = known.Take(point with { Counted = 1, Good = Indicator.IsGood(point.Counted) ? 1 : 0, IsCumulative = false }, fromStart: false);
            _last = now;
            return value is { } one ? new Tally(1 - one.Good, 1) : Tally.None;
        }

        var taken = known.Take(point, fromStart || (point.Start >= Began && point.Start > 0));
        _last = now;
        if (taken is { } added) EventCounts.Assert("what it adds", added.Counted);
        return (part, taken) switch
        {
            (_, null) => Tally.None,
            (OtlpPart.Good, { } good) => new Tally(-good.Counted, 0),
            (OtlpPart.Bad, { } bad) => new Tally(bad.Counted, 0),
            (OtlpPart.Total, { } all) => new Tally(Indicator.Selectors[0].Part == OtlpPart.Good ? all.Counted : 0, all.Counted),
            (_, { } histogram) => new Tally(histogram.Counted - histogram.Good, histogram.Counted),
        };
    }

    /// <summary>A point for it was refused.</summary>
    public void Refuse(string reason, DateTimeOffset now) => _refused = (now, reason);

    /// <summary>Why there is nothing; null while it is well.</summary>
    public string? Trouble(DateTimeOffset now)
    {
        if (_last is { } last && now - last <= Quiet) return null;
        if (_refused is { } refused && now - refused.At <= Quiet) return $"What is pushed of {Indicator.Selectors[^1].Metric} is refused: {refused.Reason}.";
        return _last is { } seen ? $"Nothing was pushed of {Indicator.Selectors[^1]} since {seen:u}." : $"Nothing was pushed of {Indicator.Selectors[^1]} yet.";
    }

    /// <summary>Forgets streams that ended long ago; a point of them would be too old.</summary>
    public void Forget(DateTimeOffset now)
    {
        var border = (ulong)(now - Forgotten).ToUnixTimeMilliseconds() * 1_000_000;
        foreach (var (key, stream) in _streams)
            if (stream.Newest < border) _streams.Remove(key);
    }
}
