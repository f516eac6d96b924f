namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>One count of a rate limit: of a consumer, an address, a header value. Thread-safe. Time that goes backwards gives nothing back.</summary>
/// <remarks>It is its own lock: nobody else holds counts, and another object would be one more place in memory for every call.</remarks>
internal abstract class RateCount(in PartitionKey key) : IPartition
{
    private bool _retired;

    /// <inheritdoc/>
    public PartitionKey Key { get; } = key;

    /// <summary>Counts a call if it may go. False as a whole when the count has been retired: another one has taken its place.</summary>
    public bool TryTake(long now, out Decision decision)
    {
        decision = default;
        lock (this)
        {
            if (_retired) return false;
            decision = Take(now);
            return true;
        }
    }

    /// <summary>Takes back a call counted at <paramref name="takenAt"/>: another limit refused it.</summary>
    public void GiveBack(long takenAt)
    {
        lock (this) Return(takenAt);
    }

    /// <summary>Retires the count when it says what a new one would say: nothing is forgotten by that.</summary>
    public bool TryRetire(long now)
    {
        lock (this) return _retired = IsLikeNew(now);
    }

    /// <summary>Counts a call if it may go.</summary>
    protected abstract Decision Take(long now);

    /// <summary>Takes a call back.</summary>
    protected abstract void Return(long takenAt);

    /// <summary>True when no call counted before makes a difference now.</summary>
    protected abstract bool IsLikeNew(long now);
}
