using Tidegate.Core.Resources.OpenSlo;

namespace Tidegate.Core.Windows;

/// <summary>
/// The account of one objective: takes events as they come, early or late, and answers for any window and for the period of the budget, in the unit of the
/// method. The order in which events come, and how they are bundled, makes no difference. Not thread-safe.
/// </summary>
public sealed class BudgetLedger
{
    // Enough for sources that are some hours late; what is older still counts after the next time the ledger is built from what is stored.
    private const int OpenSlices = 512;

    private readonly BudgetSeries _series;
    private readonly Dictionary<long, Tally>? _slices;
    private (DateTimeOffset Start, DateTimeOffset End) _period;
    private Tally _inPeriod;
    private long _newestSlice = long.MinValue;

    /// <summary>Makes an empty ledger.</summary>
    public BudgetLedger(BudgetTerms terms)
    {
        Terms = terms;
        _series = new BudgetSeries(terms.Longest);
        if (terms.Method != BudgetingMethod.Occurrences) _slices = [];
    }

    /// <summary>What it counts by.</summary>
    public BudgetTerms Terms { get; }

    /// <summary>Events came that were too late to be counted here. A ledger built anew from what is stored has them.</summary>
    public bool Incomplete { get; private set; }

    /// <summary>Time of the newest event; null before the first.</summary>
    public DateTimeOffset? Newest { get; private set; }

    /// <summary>Counts events.</summary>
    /// <param name="at">When they happened.</param>
    /// <param name="events">Bad and all of them; below zero where a source takes back what it said before.</param>
    public void Add(DateTimeOffset at, Tally events)
    {
        if (events == Tally.None) return;
        if (!events.IsEmpty && (Newest is not { } newest || at > newest)) Newest = at;
        if (_slices is null)
        {
            Count(at, events);
            return;
        }

        var slice = at.UtcTicks / Terms.Slice.Ticks;
        if (_newestSlice != long.MinValue && slice <= _newestSlice - OpenSlices)
        {
            Incomplete = true;
            return;
        }

        if (slice > _newestSlice) Open(slice);
        var before = _slices.GetValueOrDefault(slice);
        var after = before + events;
        _slices[slice] = after;
        // The slice is judged anew: what it contributes changes by the difference.
        Count(new DateTimeOffset(slice * Terms.Slice.Ticks, TimeSpan.Zero),
            ErrorBudget.UnitOf(Terms.Method, after, Terms.SliceTarget) - ErrorBudget.UnitOf(Terms.Method, before, Terms.SliceTarget));
    }

    /// <summary>Bad and all in the window of a length that ends now.</summary>
    public Tally Window(DateTimeOffset now, TimeSpan length) => _series.Sum(now, length);

    /// <summary>Bad and all in the period that the budget is for, up to now.</summary>
    public Tally Period(DateTimeOffset now)
    {
        if (Terms.Calendar is null) return _series.Sum(now, Terms.Period);
        Turn(now);
        return _inPeriod;
    }

    /// <summary>From when to when the period is that a moment lies in: up to the moment itself for rolling ones.</summary>
    public (DateTimeOffset Start, DateTimeOffset End) PeriodAt(DateTimeOffset now) => Terms.Calendar?.At(now) ?? (now - Terms.Period, now);

    private void Count(DateTimeOffset at, Tally what)
    {
        _series.Add(at, what);
        if (Terms.Calendar is null) return;
        Turn(at);
        if (at >= _period.Start && at < _period.End) _inPeriod += what;
    }

    // Periods only ever follow each other: what is late for one that has ended changes nothing any more.
    private void Turn(DateTimeOffset now)
    {
        if (now < _period.End) return;
        _period = Terms.Calendar!.At(now);
        _inPeriod = Tally.None;
    }

    private void Open(long slice)
    {
        _newestSlice = slice;
        if (_slices!.Count < OpenSlices * 2) return;
        foreach (var old in _slices.Keys.Where(s => s <= slice - OpenSlices).ToList()) _slices.Remove(old);
    }
}
