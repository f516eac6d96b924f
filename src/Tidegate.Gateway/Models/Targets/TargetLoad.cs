namespace Tidegate.Gateway.Models.Targets;

/// <summary>Attempts in flight at a model of a provider, over all its keys and all aliases that have it. A place is taken before an attempt begins, so that a cap is never exceeded.</summary>
internal sealed class TargetLoad
{
    private int _inFlight;

    /// <summary>Attempts in flight, and those about to begin.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Takes a place. False when there are <paramref name="most"/> already; 0 is no limit.</summary>
    public bool TryEnter(int most)
    {
        var seen = InFlight;
        while (most == 0 || seen < most)
        {
            var before = Interlocked.CompareExchange(ref _inFlight, seen + 1, seen);
            if (before == seen) return true;
            seen = before;
        }

        return false;
    }

    /// <summary>Gives the place back.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);
}
