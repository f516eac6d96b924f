namespace Tidegate.Hosting.Memory;

/// <summary>When memory is given back: in a quiet moment, when it is worth it, and not again and again.</summary>
internal sealed class TrimRule
{
    /// <summary>Allocated between two looks, four seconds, at most: background work stays below, 100 calls do not.</summary>
    public const long QuietBytes = 1 << 19;

    /// <summary>Grown by so much since the last time, at least.</summary>
    public const long WorthBytes = 3 << 20;

    /// <summary>A trickle of calls looks quiet, too: one in a minute of them may be stopped.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMinutes(1);

    /// <summary>What a start does goes on for half a minute: the second time comes sooner.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(20);

    private long _allocated = long.MaxValue;
    private long _resident;
    private DateTimeOffset _next = DateTimeOffset.MinValue;
    private bool _isFirst = true;

    /// <summary>Asked at every look.</summary>
    /// <param name="now">The time.</param>
    /// <param name="allocated">All bytes allocated since the process began.</param>
    public bool IsQuiet(DateTimeOffset now, long allocated)
    {
        var isQuiet = allocated - _allocated is >= 0 and <= QuietBytes;
        _allocated = allocated;
        return isQuiet && now >= _next;
    }

    /// <summary>Asked when it is quiet: to read the resident set allocates as much as all other background work.</summary>
    public bool IsWorthIt(long resident) => resident - _resident >= WorthBytes;

    /// <summary>It was done; this is what is left.</summary>
    public void Trimmed(DateTimeOffset now, long resident)
    {
        _next = now + (_isFirst ? FirstPause : Pause);
        _resident = resident;
        _isFirst = false;
    }
}
