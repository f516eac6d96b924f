namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>Calls in flight of one partition. A call holds the count itself as its lease, so entering costs no object.</summary>
internal sealed class ConcurrencyCount(in PartitionKey key, int max) : ILease, IPartition
{
    private const int Retired = int.MinValue;
    private int _inFlight;

    /// <inheritdoc/>
    public PartitionKey Key { get; } = key;

    /// <summary>Calls in flight.</summary>
    public int InFlight => Math.Max(0, Volatile.Read(ref _inFlight));

    /// <summary>Takes a place if there is one. Null when the count has been retired: another one has taken its place.</summary>
    public bool? TryEnter()
    {
        var seen = Volatile.Read(ref _inFlight);
        while (true)
        {
            if (seen == Retired) return null;
            if (seen >= max) return false;
            var found = Interlocked.CompareExchange(ref _inFlight, seen + 1, seen);
            if (found == seen) return true;
            seen = found;
        }
    }

    /// <inheritdoc/>
    public void Release() => Interlocked.Decrement(ref _inFlight);

    /// <summary>Retires the count when nobody is in it.</summary>
    public bool TryRetire() => Interlocked.CompareExchange(ref _inFlight, Retired, 0) is 0 or Retired;
}
