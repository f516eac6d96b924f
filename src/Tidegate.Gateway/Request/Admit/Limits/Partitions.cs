using System.Collections.Concurrent;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>
/// The counts of one limit, a bounded number of them. Counts that say what a new one would say are dropped when room is needed. If all are in use, those who
/// come later share one: strangers in great number are limited together, and never admitted beyond the limit.
/// </summary>
internal sealed class Partitions<TCount>(Func<TCount> create, Func<TCount, long, bool> tryRetire, long sweepInterval)
    where TCount : class
{
    /// <summary>Most counts per limit: about 10 MB.</summary>
    public const int Capacity = 65_536;

    private readonly ConcurrentDictionary<PartitionKey, TCount> _counts = new();
    private readonly TCount _shared = create();
    private long _sweptAt = long.MinValue;
    private int _size; // ConcurrentDictionary.Count takes all its locks

    /// <summary>Number of counts.</summary>
    public int Count => Volatile.Read(ref _size);

    /// <summary>The count of a partition.</summary>
    public TCount Of(in PartitionKey key, long now)
    {
        if (_counts.TryGetValue(key, out var known)) return known;
        if (Volatile.Read(ref _size) >= Capacity)
        {
            Sweep(now);
            if (Volatile.Read(ref _size) >= Capacity) return _shared;
        }

        var made = create();
        if (!_counts.TryAdd(key, made)) return _counts.TryGetValue(key, out known) ? known : made;
        Interlocked.Increment(ref _size);
        return made;
    }

    /// <summary>Drops a count that has been retired.</summary>
    public void Drop(in PartitionKey key, TCount count)
    {
        if (_counts.TryRemove(KeyValuePair.Create(key, count))) Interlocked.Decrement(ref _size);
    }

    private void Sweep(long now)
    {
        var last = Interlocked.Read(ref _sweptAt);
        if (last != long.MinValue && now - last < sweepInterval) return;
        if (Interlocked.CompareExchange(ref _sweptAt, now, last) != last) return;
        foreach (var (key, count) in _counts)
            if (tryRetire(count, now)) Drop(key, count);
    }
}
