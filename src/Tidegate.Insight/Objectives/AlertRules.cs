using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives;

/// <summary>When an objective alerts. By value, so that an unchanged objective is seen to be unchanged.</summary>
public sealed record AlertRules
{
    private static readonly TimeSpan Month = TimeSpan.FromDays(30);

    /// <summary>The pairs of the Site Reliability Workbook, for 30 days.</summary>
    private static readonly AlertRule[] Workbook =
    [
        new(AlertSeverity.Page, new(TimeSpan.FromHours(1), TimeSpan.FromMinutes(5), 14.4)),
        new(AlertSeverity.Page, new(TimeSpan.FromHours(6), TimeSpan.FromMinutes(30), 6)),
        new(AlertSeverity.Ticket, new(TimeSpan.FromHours(24), TimeSpan.FromHours(2), 3)),
        new(AlertSeverity.Ticket, new(TimeSpan.FromDays(3), TimeSpan.FromHours(6), 1)),
    ];

    /// <summary>None.</summary>
    public static AlertRules None { get; } = new() { Rules = [] };

    /// <summary>The pairs, most urgent first.</summary>
    public required IReadOnlyList<AlertRule> Rules { get; init; }

    /// <summary>True when an alert ends with its long window, which is later and calmer. Default: with the short one.</summary>
    public bool ClearOnLong { get; init; }

    /// <summary>Low traffic: fewest events in the long window for a pair to fire. Default 0: any.</summary>
    public double MinEvents { get; init; }

    /// <summary>The workbook's pairs for a period, each standing for the same share of the budget as over 30 days. Pairs longer than the period are left out.</summary>
    public static AlertRules For(TimeSpan period) =>
        new() { Rules = [.. Workbook.Select(r => r with { Pair = r.Pair.ScaledTo(Month, period) }).Where(r => r.Pair.Long < period)] };

    /// <inheritdoc/>
    public bool Equals(AlertRules? other) => other is not null && ClearOnLong == other.ClearOnLong && MinEvents.Equals(other.MinEvents) && Rules.SequenceEqual(other.Rules);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(ClearOnLong, MinEvents, Rules.Count);
}
