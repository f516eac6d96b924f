using Tidegate.Core.Resources.OpenSlo;

namespace Tidegate.Core.Windows;

/// <summary>What a budget counts by.</summary>
public sealed record BudgetTerms
{
    /// <summary>Share of good events or slices that is promised; above 0, below 1.</summary>
    public required double Target { get; init; }

    /// <summary>How it is counted. Default: occurrences.</summary>
    public BudgetingMethod Method { get; init; } = BudgetingMethod.Occurrences;

    /// <summary>Length of a slice, for the two methods that have slices. Default one minute.</summary>
    public TimeSpan Slice { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>Share of good events from which a slice is good, for Timeslices.</summary>
    public double SliceTarget { get; init; }

    /// <summary>Length of the period; of an average one where the calendar decides.</summary>
    public required TimeSpan Period { get; init; }

    /// <summary>Periods of the calendar; null for a rolling period that always ends now.</summary>
    public CalendarPeriods? Calendar { get; init; }

    /// <summary>Longest window that will be asked for; the period where nothing longer is said.</summary>
    public TimeSpan Longest => Calendar is null ? Max(Period, LongestAlert) : LongestAlert;

    /// <summary>Longest window of the alerts. Default three days.</summary>
    public TimeSpan LongestAlert { get; init; } = TimeSpan.FromDays(3);

    private static TimeSpan Max(TimeSpan left, TimeSpan right) => left > right ? left : right;
}
