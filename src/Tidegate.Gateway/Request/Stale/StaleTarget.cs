namespace Tidegate.Gateway.Request.Stale;

/// <summary>What is known of the answers to one request target. Guarded by its store.</summary>
internal sealed class StaleTarget
{
    // Servers that say "Vary: Origin" to those alone who send one have two; each costs two look-ups.
    private const int Most = 4;

    /// <summary>Lists of headers that its answers depend on, the last used first. Never changed, only replaced.</summary>
    public string[][] Rules { get; private set; } = [];

    /// <summary>Answers kept of it.</summary>
    public int Answers { get; set; }

    /// <summary>Timestamp of the last change by a call; answers that came up to then are not given any more.</summary>
    public long ChangedAt { get; set; } = long.MinValue;

    /// <summary>An answer with this list was kept.</summary>
    public void Use(string[] vary)
    {
        if (Rules.Length > 0 && Rules[0].AsSpan().SequenceEqual(vary)) return;
        Rules = [vary, .. Rules.Where(r => !r.AsSpan().SequenceEqual(vary)).Take(Most - 1)];
    }
}
