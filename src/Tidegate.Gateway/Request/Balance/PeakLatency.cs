namespace Tidegate.Gateway.Request.Balance;

/// <summary>
/// How slow a destination is, on the pessimistic side: a slower answer counts at once, a faster one slowly. The estimate also fades while nothing is
/// heard, so that a destination that was slow gets another chance. (Finagle's and Linkerd's "peak EWMA".)
/// </summary>
internal sealed class PeakLatency(TimeProvider time)
{
    /// <summary>Seconds until the influence of an answer has fallen to 1/e: Finagle's default.</summary>
    private const double DecaySeconds = 10;

    private readonly Lock _gate = new();
    private readonly double _decayTicks = DecaySeconds * time.TimestampFrequency;
    private double _cost;
    private long _seen;

    /// <summary>The estimate in timestamp units; 0 when nothing is known.</summary>
    public double Read(long now)
    {
        lock (_gate) return _seen == 0 ? 0 : _cost * Math.Exp(-Math.Max(0, now - _seen) / _decayTicks);
    }

    /// <summary>Takes one answer into account.</summary>
    public void Observe(long now, long ticks)
    {
        lock (_gate)
        {
            var share = _seen == 0 ? 0 : Math.Exp(-Math.Max(0, now - _seen) / _decayTicks);
            _cost = ticks > _cost ? ticks : (_cost * share) + (ticks * (1 - share));
            _seen = now;
        }
    }
}
