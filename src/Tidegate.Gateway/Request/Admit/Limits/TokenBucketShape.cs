namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>The numbers all buckets of a limit share. One unit of level is a call divided by the quanta in the period.</summary>
internal sealed class TokenBucketShape
{
    // Level arithmetic stays below this: room for the sums of two.
    private const double Largest = 1L << 61;

    /// <param name="calls">Calls per period.</param>
    /// <param name="period">Period in timestamp units.</param>
    /// <param name="burst">Calls a full bucket holds.</param>
    public TokenBucketShape(long calls, long period, long burst)
    {
        // Time is taken in units of the clock (nanoseconds, mostly); only where a huge bucket over a long period would overflow, in coarser ones.
        Quantum = Math.Max(1, (long)Math.Ceiling((double)period * Math.Max(burst, calls) / Largest));
        Cost = (period + Quantum - 1) / Quantum;
        Refill = calls;
        Capacity = burst * Cost;
    }

    /// <summary>Timestamp units that count as one step of time.</summary>
    public long Quantum { get; }

    /// <summary>Level a call costs.</summary>
    public long Cost { get; }

    /// <summary>Level gained per quantum.</summary>
    public long Refill { get; }

    /// <summary>Level of a full bucket.</summary>
    public long Capacity { get; }

    /// <summary>Timestamp units until so much level has come.</summary>
    public long TimeFor(long level) => level <= 0 ? 0 : (level / Refill + (level % Refill == 0 ? 0 : 1)) * Quantum;
}
