namespace Tidegate.Insight.Objectives;

/// <summary>An objective over a time of the past, whatever its own window is: its budget is the share of that time that may be bad.</summary>
public sealed record ObjectivePeriod
{
    /// <summary>How it stands now: names, target, unit.</summary>
    public required ObjectiveStatus Status { get; init; }

    /// <summary>What counts.</summary>
    public required BudgetFigures Adjusted { get; init; }

    /// <summary>The same with what is excluded.</summary>
    public required BudgetFigures Raw { get; init; }

    /// <summary>Minutes of the time that are over.</summary>
    public required long Minutes { get; init; }

    /// <summary>Those of which something is known. The others are neither good nor bad.</summary>
    public required long MinutesWithData { get; init; }

    /// <summary>Each day of the time.</summary>
    public required IReadOnlyList<BudgetDay> Days { get; init; }

    /// <summary>Slices before it have the ratio of the five minutes or the hour they lie in: history that old is kept no finer. Null: there are none.</summary>
    public DateTimeOffset? CoarseUntil { get; init; }

    /// <summary>What does not count.</summary>
    public required IReadOnlyList<ExcludedTime> Excluded { get; init; }

    /// <summary>How long its events took; null where nobody measured.</summary>
    public DurationFigures? Durations { get; init; }
}
