namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>One count of a rate limit: of a consumer, an address, a header value. Thread-safe. Time that goes backwards gives nothing back.</summary>
internal abstract class RateCount
{
    private readonly Lock _gate = new();
    private bool _retired;

    /// <summary>Counts a call if it may go. False as a whole when the count has been retired: another one has taken its place.</summary>
    public bool TryTake(long now, out Decision decision)
    {
        decision = default;
        lock (_gate)
        {
            if (_retired) return false;
            decision = Take(now);
            return true;
        }
    }

    /// <summary>Takes back a call counted at <paramref name="takenAt"/>: another limit refused it.</summary>
    public void GiveBack(long takenAt)
    {
        lock (_gate) Return(takenAt);
    }

    /// <summary>Retires the count when it says what a new one would say: nothing is forgotten by that.</summary>
    public bool TryRetire(long now)
    {
        lock (_gate) return _retired = IsLikeNew(now);
    }

    /// <summary>Counts a call if it may go.</summary>
    protected abstract Decision Take(long now);

    /// <summary>Takes a call back.</summary>
    protected abstract void Return(long takenAt);

    /// <summary>True when no call counted before makes a difference now.</summary>
    protected abstract bool IsLikeNew(long now);
}
