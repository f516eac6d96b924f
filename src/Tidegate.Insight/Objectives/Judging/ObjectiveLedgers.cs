using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Compiling;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>What an objective has seen: what counts, and beside it all of it, where some of it does not count.</summary>
internal sealed class ObjectiveLedgers(BudgetTerms terms, ObjectiveExclusions exclusions)
{
    /// <summary>What counts.</summary>
    public BudgetLedger Adjusted { get; } = new(terms);

    /// <summary>All of it; the same object where nothing is excluded.</summary>
    public BudgetLedger Raw => _raw ?? Adjusted;

    private readonly BudgetLedger? _raw = exclusions.IsEmpty ? null : new(terms);

    /// <summary>Too much came too late to be counted here.</summary>
    public bool Incomplete => Adjusted.Incomplete;

    /// <summary>Until when slices are judged by stretches of history that are longer; null when none are.</summary>
    public DateTimeOffset? CoarseUntil { get; private set; }

    /// <summary>Counts what history has of a time.</summary>
    public void Add(SeriesStretch stretch)
    {
        if (SliceSpread.IsCoarse(terms, stretch.Step) && !(stretch.End < CoarseUntil)) CoarseUntil = stretch.End;
        foreach (var part in stretch.Over(terms)) Add(part.Start, part.Events);
    }

    /// <summary>Counts events at another moment than they were counted at.</summary>
    public void Move(DateTimeOffset from, DateTimeOffset to, Tally events)
    {
        Add(from, Tally.None - events);
        Add(to, events);
    }

    /// <summary>Counts events.</summary>
    public void Add(DateTimeOffset at, Tally events)
    {
        _raw?.Add(at, events);
        if (!exclusions.Cover(at)) Adjusted.Add(at, events);
    }
}
