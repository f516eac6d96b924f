using System.Collections.Concurrent;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>
/// The counts of one limit, a bounded number of them. Counts that say what a new one would say are dropped when room is needed. If all are in use, those who
/// come later share one: strangers in great number are limited together, and never admitted beyond the limit.
/// </summary>
internal abstract class Partitions<TCount>(long sweepInterval)
    where TCount : class, IPartition
{
    /// <summary>Most counts per limit: about 10 MB.</summary>
    public const int Capacity = 65_536;

    private readonly Lock _gate = new();

    // Of many routes' limits most have a single count: at hand, without a table that would be cold memory in every call.
    private TCount? _first;
    private ConcurrentDictionary<PartitionKey, TCount>? _others;
    private TCount? _shared;
    private long _sweptAt = long.MinValue;
    private int _size; // ConcurrentDictionary.Count takes all its locks

    /// <summary>Number of counts.</summary>
    public int Count => Volatile.Read(ref _size);

    /// <summary>The count of a partition.</summary>
    public TCount Of(in PartitionKey key, long now) => Known(key) ?? Added(key, now);

    /// <summary>Drops a count that has been retired.</summary>
    public void Drop(TCount count)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_first, count)) _first = null;
            else if (_others?.TryRemove(KeyValuePair.Create(count.Key, count)) != true) return;
            _size--;
        }
    }

    /// <summary>A count that nobody has used.</summary>
    protected abstract TCount Create(in PartitionKey key);

    /// <summary>Retires the count when it says what a new one would say.</summary>
    protected abstract bool TryRetire(TCount count, long now);

    private TCount? Known(in PartitionKey key)
    {
        if (Volatile.Read(ref _first) is { } first && first.Key == key) return first;
        return Volatile.Read(ref _others) is { } others && others.TryGetValue(key, out var other) ? other : null;
    }

    private TCount Added(in PartitionKey key, long now)
    {
        if (Count >= Capacity)
        {
            Sweep(now);
            if (Count >= Capacity) return Shared();
        }

        lock (_gate)
        {
            if (Known(key) is { } known) return known;
            var made = Create(key);
            if (_first is null) Volatile.Write(ref _first, made);
            else (_others ?? Others()).TryAdd(key, made);
            _size++;
            return made;
        }
    }

    private ConcurrentDictionary<PartitionKey, TCount> Others()
    {
        var others = new ConcurrentDictionary<PartitionKey, TCount>();
        Volatile.Write(ref _others, others);
        return others;
    }

    private TCount Shared() => Volatile.Read(ref _shared) ?? Interlocked.CompareExchange(ref _shared, Create(default), null) ?? _shared;

    private void Sweep(long now)
    {
        var last = Interlocked.Read(ref _sweptAt);
        if (last != long.MinValue && now - last < sweepInterval) return;
        if (Interlocked.CompareExchange(ref _sweptAt, now, last) != last) return;
        if (Volatile.Read(ref _first) is { } first && TryRetire(first, now)) Drop(first);
        foreach (var (_, count) in Volatile.Read(ref _others) ?? [])
            if (TryRetire(count, now)) Drop(count);
    }
}
