namespace Tidegate.Gateway.Models.Targets;

/// <summary>
/// Whether a provider takes a key. A 401, 402 or 403 takes it out and says why; it is tried again after a while by one call at a time, because accounts are paid and
/// permissions granted without anybody telling us.
/// </summary>
internal sealed class KeyState(TimeProvider time)
{
    /// <summary>How long it stays out before one call tries it again.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private string? _reason;
    private long _until;

    /// <summary>Why it is out; null when it is not.</summary>
    public string? Reason => Volatile.Read(ref _reason);

    /// <summary>Timestamp until which it rests; says something only while there is a reason.</summary>
    public long RestsUntil => Volatile.Read(ref _until);

    /// <summary>May a call use it. One that is out is <paramref name="lent"/> once per <see cref="Rest"/>.</summary>
    public bool TryUse(long now, out bool lent)
    {
        lent = false;
        if (Volatile.Read(ref _reason) is null) return true;
        lock (_gate)
        {
            if (_reason is null) return true;
            if (now < _until) return false;
            _until = now + (long)(Rest.TotalSeconds * time.TimestampFrequency);
            return lent = true;
        }
    }

    /// <summary>A call could use it now; nothing is lent.</summary>
    public bool IsUsable(long now) => Volatile.Read(ref _reason) is null || now >= Volatile.Read(ref _until);

    /// <summary>It was lent for an attempt that was not made: the next call may try.</summary>
    public void GiveBack()
    {
        lock (_gate) _until = 0;
    }

    /// <summary>The provider refused it. True when it was in before: the change is told once.</summary>
    public bool TakeOut(string reason, long now)
    {
        lock (_gate)
        {
            var changed = _reason is null;
            Volatile.Write(ref _reason, reason);
            _until = now + (long)(Rest.TotalSeconds * time.TimestampFrequency);
            return changed;
        }
    }

    /// <summary>The provider took it. True when it was out before.</summary>
    public bool PutIn()
    {
        if (Volatile.Read(ref _reason) is null) return false;
        lock (_gate)
        {
            if (_reason is null) return false;
            Volatile.Write(ref _reason, null);
            return true;
        }
    }
}
