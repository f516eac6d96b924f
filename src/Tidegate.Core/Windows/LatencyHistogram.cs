using System.Numerics;

namespace Tidegate.Core.Windows;

/// <summary>
/// A mergeable histogram of durations in microseconds. Log-linear: exact up to 127 µs, then 64 equal buckets per power of two, so a percentile is off by
/// at most <see cref="RelativeError"/>; merging adds buckets and loses nothing, in any order. Values above <see cref="Max"/> (about 19 hours) are
/// counted at <see cref="Max"/>. Costs 0.5 kB per power of two seen: 2 to 3 kB for a usual service. Not thread-safe.
/// </summary>
public sealed class LatencyHistogram
{
    /// <summary>Greatest relative error of <see cref="Percentile"/> against the exact value of the same rank: half a bucket.</summary>
    public const double RelativeError = 1.0 / 128;

    /// <summary>Largest value that is told apart, in microseconds.</summary>
    public const long Max = (1L << MaxBits) - 1;

    private const int MaxBits = 36, SubBits = 6, PerBlock = 1 << SubBits;

    // Block 0 holds 0..63 and block 1 64..127, both exact. Block b > 1 holds the values of b + 5 as highest bit, in steps of 2^(b-1).
    private readonly long[]?[] _blocks = new long[]?[MaxBits - SubBits + 1];

    // Bits of the blocks that hold something: cleared ones keep their memory.
    private ulong _used;

    /// <summary>Values recorded.</summary>
    public long Count { get; private set; }

    /// <summary>Sum of the values recorded (capped at <see cref="Max"/> each), in microseconds.</summary>
    public long Sum { get; private set; }

    /// <summary>Counts a value. Negative ones (a clock that stepped back) count as 0.</summary>
    public void Record(long microseconds)
    {
        var value = Math.Clamp(microseconds, 0, Max);
        var block = Math.Max(0, BitOperations.Log2((ulong)value) - SubBits + 1);
        Use(block)[(value >> Shift(block)) & (PerBlock - 1)]++;
        Count++;
        Sum += value;
    }

    /// <summary>Adds all of another one.</summary>
    public void Add(LatencyHistogram other)
    {
        for (var block = 0; block < _blocks.Length; block++)
        {
            if (!other.Holds(block)) continue;
            var (from, to) = (other._blocks[block]!, Use(block));
            for (var i = 0; i < PerBlock; i++) to[i] += from[i];
        }
        Count += other.Count;
        Sum += other.Sum;
    }

    /// <summary>Adds what <see cref="ToBytes"/> wrote of another one.</summary>
    /// <exception cref="FormatException">The bytes are something else; some of them may have been added.</exception>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        long place = -1;
        while (Leb128.Read(ref bytes) is > 0 and var step)
        {
            place += step;
            if (place >= _blocks.Length * PerBlock) throw new FormatException("A histogram has no such place.");
            var count = Leb128.Read(ref bytes);
            Use((int)(place / PerBlock))[place % PerBlock] += count;
            Count += count;
        }

        Sum += Leb128.Read(ref bytes);
    }

    /// <summary>Takes everything out, and keeps the memory for what comes next.</summary>
    public void Clear()
    {
        for (var block = 0; block < _blocks.Length; block++)
            if (Holds(block)) Array.Clear(_blocks[block]!);
        (_used, Count, Sum) = (0, 0, 0);
    }

    /// <summary>Another one with the same content.</summary>
    public LatencyHistogram Copy()
    {
        var copy = new LatencyHistogram();
        copy.Add(this);
        return copy;
    }

    /// <summary>The value that a share of the values does not exceed (nearest rank), in microseconds; null when empty.</summary>
    /// <param name="quantile">Above 0, at most 1; 0.99 for p99.</param>
    public long? Percentile(double quantile)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(quantile);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(quantile, 1);
        var rank = Math.Max(1, (long)Math.Ceiling(quantile * Count));
        foreach (var (low, high, count) in Buckets())
        {
            if ((rank -= count) <= 0) return low + ((high - low) / 2);
        }
        return null;
    }

    /// <summary>The buckets that hold something, rising: values from <c>Low</c> up to but without <c>High</c>.</summary>
    public IEnumerable<(long Low, long High, long Count)> Buckets()
    {
        for (var block = 0; block < _blocks.Length; block++)
        {
            if (!Holds(block)) continue;
            var (counts, shift) = (_blocks[block]!, Shift(block));
            var first = block == 0 ? 0 : (long)PerBlock << shift;
            for (var i = 0; i < PerBlock; i++)
            {
                if (counts[i] > 0) yield return (first + ((long)i << shift), first + ((i + 1L) << shift), counts[i]);
            }
        }
    }

    /// <summary>All of it in few bytes: for each place that holds something, how many places after the one before, and its count, as LEB128; then the sum.</summary>
    public byte[] ToBytes()
    {
        var bytes = new List<byte>();
        var last = -1;
        for (var block = 0; block < _blocks.Length; block++)
        {
            if (!Holds(block)) continue;
            var counts = _blocks[block]!;
            for (var i = 0; i < PerBlock; i++)
            {
                if (counts[i] == 0) continue;
                var place = (block * PerBlock) + i;
                Leb128.Write(bytes, place - last);
                Leb128.Write(bytes, counts[i]);
                last = place;
            }
        }

        Leb128.Write(bytes, 0);
        Leb128.Write(bytes, Sum);
        return [.. bytes];
    }

    /// <summary>What <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">The bytes are something else.</exception>
    public static LatencyHistogram FromBytes(ReadOnlySpan<byte> bytes)
    {
        var result = new LatencyHistogram();
        result.Add(bytes);
        return result;
    }

    private bool Holds(int block) => (_used >> block & 1) != 0;

    private long[] Use(int block)
    {
        _used |= 1UL << block;
        return _blocks[block] ??= new long[PerBlock];
    }

    private static int Shift(int block) => Math.Max(0, block - 1);
}
