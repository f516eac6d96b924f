using Tidegate.Core.Resources.Objectives.AlertSets;

namespace Tidegate.Insight.Objectives;

/// <summary>An alert that would have been, or that was.</summary>
public sealed record ReplayedAlert
{
    /// <summary>Id of the alert; null when it would only have been.</summary>
    public string? Id { get; init; }

    /// <summary>How urgent.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>When it began to fire.</summary>
    public required DateTimeOffset FiredAt { get; init; }

    /// <summary>When it ended; null while it fires at the end of the time.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>How long it fired within the time that was replayed, in seconds.</summary>
    public required double Seconds { get; init; }

    /// <summary>Windows and burn of the pair that fired first.</summary>
    public required string Condition { get; init; }

    /// <summary>Burn rate over the long window when it fired.</summary>
    public required double Burn { get; init; }

    /// <summary>Share of the budget that was left when it fired.</summary>
    public required double BudgetLeft { get; init; }

    /// <summary>How exactly the times are known, in seconds: counts are kept by the minute, later by five minutes and by the hour.</summary>
    public double WithinSeconds { get; init; }
}
