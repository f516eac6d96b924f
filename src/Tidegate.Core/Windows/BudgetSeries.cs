namespace Tidegate.Core.Windows;

/// <summary>
/// What an objective remembers: bad and total in the unit of its budget, finest where windows are shortest. A window is answered from the finest ring that
/// covers it. About 19 kB for 30 days once all rings are in use, of whole events and not very many; twice that for others. Not thread-safe.
/// </summary>
public sealed class BudgetSeries
{
    // Windows of burn alerts: 5 m to 1 h are watched every 10 s, up to 6 h by the minute, up to 3 d by five minutes, the period itself by the hour.
    private static readonly (TimeSpan Width, TimeSpan Span)[] Fine =
    [
        (TimeSpan.FromSeconds(10), TimeSpan.FromHours(1)),
        (TimeSpan.FromMinutes(1), TimeSpan.FromHours(6)),
        (TimeSpan.FromMinutes(5), TimeSpan.FromDays(3)),
    ];

    private readonly PrefixRing[] _rings;

    /// <summary>Makes an empty series.</summary>
    /// <param name="longest">Longest window that will be asked for.</param>
    public BudgetSeries(TimeSpan longest)
    {
        Longest = longest;
        var hours = new PrefixRing(TimeSpan.FromHours(1), longest);
        _rings = [.. Fine.Where(f => f.Span < longest).Select(f => new PrefixRing(f.Width, f.Span)), hours];
        if (longest <= Fine[^1].Span) _rings[^1] = new PrefixRing(Fine.First(f => longest <= f.Span).Width, longest);
    }

    /// <summary>Longest window it answers for.</summary>
    public TimeSpan Longest { get; }

    /// <summary>Adds what happened at a moment, in any order. False when it is older than the longest window.</summary>
    public bool Add(DateTimeOffset at, Tally what)
    {
        var kept = false;
        foreach (var ring in _rings) kept |= ring.Add(at, what);
        return kept;
    }

    /// <summary>Sum of the window of a length that ends now.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The length is above <see cref="Longest"/> or not above zero.</exception>
    public Tally Sum(DateTimeOffset now, TimeSpan length)
    {
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(length, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Longest);
        foreach (var ring in _rings)
            if (length <= ring.Span) return ring.Sum(now, length);
        return _rings[^1].Sum(now, length);
    }
}
