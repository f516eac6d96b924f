using System.Numerics;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>
/// A percentile of the last minute's latencies, for hedging: six slices of ten seconds with eight buckets per power of two (never too low, at most an
/// eighth too high), counted by atomic adds. The answer is computed once a second at most.
/// </summary>
internal sealed class LatencyWindow(TimeProvider time)
{
    private const int Slices = 6, SubBits = 3, Buckets = 40 << SubBits;

    private readonly long _sliceTicks = Ticks.Of(time, TimeSpan.FromSeconds(10));
    private readonly long _freshTicks = Ticks.Of(time, TimeSpan.FromSeconds(1));
    private readonly Lock _gate = new();
    private volatile int[][]? _slices;
    private readonly long[] _epochs = new long[Slices];
    private long _computedAt = long.MinValue / 2; // long ago, and the difference to any timestamp is still a number
    private long _p95;

    /// <summary>Counts one latency in timestamp units.</summary>
    public void Add(long now, long ticks)
    {
        var slices = _slices ?? Create();
        var epoch = now / _sliceTicks;
        var index = (int)(epoch % Slices);
        if (Volatile.Read(ref _epochs[index]) != epoch) Turn(slices[index], index, epoch);
        Interlocked.Increment(ref slices[index][Bucket(Ticks.Microseconds(time, ticks))]);
    }

    /// <summary>The 95th percentile in timestamp units; 0 when fewer than 20 latencies are known, since then it would be a guess.</summary>
    public long P95(long now)
    {
        if (_slices is not { } slices) return 0;
        if (now - Volatile.Read(ref _computedAt) < _freshTicks) return Volatile.Read(ref _p95);
        lock (_gate)
        {
            Volatile.Write(ref _p95, Compute(slices, now));
            Volatile.Write(ref _computedAt, now);
            return _p95;
        }
    }

    private long Compute(int[][] slices, long now)
    {
        var epoch = now / _sliceTicks;
        Span<long> sums = stackalloc long[Buckets];
        sums.Clear();
        long total = 0;
        for (var s = 0; s < Slices; s++)
        {
            if (Volatile.Read(ref _epochs[s]) <= epoch - Slices) continue;
            for (var b = 0; b < Buckets; b++)
            {
                sums[b] += slices[s][b];
                total += slices[s][b];
            }
        }

        if (total < 20) return 0;
        var rank = (long)Math.Ceiling(0.95 * total);
        for (var b = 0; b < Buckets; b++)
            if ((rank -= sums[b]) <= 0) return (long)(Upper(b) / 1e6 * time.TimestampFrequency);
        return 0;
    }

    private static int Bucket(long microseconds)
    {
        var value = (ulong)Math.Max(1, microseconds);
        var power = BitOperations.Log2(value);
        var sub = power <= SubBits ? (int)(value << (SubBits - power)) & ((1 << SubBits) - 1) : (int)(value >> (power - SubBits)) & ((1 << SubBits) - 1);
        return Math.Min(Buckets - 1, (power << SubBits) + sub);
    }

    private static double Upper(int bucket) => Math.ScaleB(1 + (((bucket & ((1 << SubBits) - 1)) + 1.0) / (1 << SubBits)), bucket >> SubBits);

    private int[][] Create()
    {
        lock (_gate)
        {
            if (_slices is { } made) return made;
            var slices = new int[Slices][];
            for (var i = 0; i < Slices; i++) slices[i] = new int[Buckets];
            return _slices = slices;
        }
    }

    private void Turn(int[] slice, int index, long epoch)
    {
        lock (_gate)
        {
            if (_epochs[index] == epoch) return;
            Array.Clear(slice);
            Volatile.Write(ref _epochs[index], epoch);
        }
    }
}
