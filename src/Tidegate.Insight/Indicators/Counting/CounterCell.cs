using Tidegate.Core.Calls;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>Good and bad calls of one series since it was drained last. Bad in the upper half, all in the lower: one atomic addition counts a call, and no moment sees half of one.</summary>
internal sealed class CounterCell(CallIndicator indicator, string series, string group)
{
    private readonly Lock? _gate = indicator.Measure is GatewayMeasure.Latency or GatewayMeasure.FirstToken or GatewayMeasure.InterToken ? new() : null;
    private LatencyHistogram? _durations; // emptied at every tick, not made anew: ten thousand of them would be garbage of megabytes
    private long _counts;

    public CallIndicator Indicator { get; } = indicator;

    /// <summary>Name of the series.</summary>
    public string Series { get; } = series;

    /// <summary>Value of the dimension the indicator is grouped by; empty when it is not.</summary>
    public string Group { get; } = group;

    /// <summary>Counts a call.</summary>
    public void Count(CallRecord record)
    {
        if (CallJudge.Judge(Indicator, record) is not { } good) return;
        Interlocked.Add(ref _counts, good ? 1 : (1L << 32) + 1);
        if (_gate is null || CallJudge.Duration(Indicator, record) is not (>= 0 and var us)) return;
        lock (_gate) (_durations ??= new()).Record(us);
    }

    /// <summary>Takes out what was counted. Called at least every few minutes, or 2^32 calls would not fit.</summary>
    /// <param name="durations">Gets the durations.</param>
    public Tally Drain(LatencyHistogram durations)
    {
        var counts = Interlocked.Exchange(ref _counts, 0);
        // Without a call they wait for theirs, which is being counted right now.
        if (_gate is not null && counts != 0)
        {
            lock (_gate)
            {
                if (_durations is not null) durations.Add(_durations);
                _durations?.Clear();
            }
        }

        return new Tally((ulong)counts >> 32, (uint)counts);
    }
}
