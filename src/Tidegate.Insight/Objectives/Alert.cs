using Tidegate.Core.Resources.Objectives.AlertSets;

namespace Tidegate.Insight.Objectives;

/// <summary>An alert: an objective burns its budget too fast, or did.</summary>
public sealed record Alert
{
    /// <summary>Unique; made of the objective, the severity and the time, so that it is the same however often it is written.</summary>
    public required string Id { get; init; }

    /// <summary>Id of the objective.</summary>
    public required string Objective { get; init; }

    /// <summary>Name of the SLO.</summary>
    public required string Slo { get; init; }

    /// <summary>Service it is promised for.</summary>
    public required string Service { get; init; }

    /// <summary>How urgent.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>When it began to fire.</summary>
    public required DateTimeOffset FiredAt { get; init; }

    /// <summary>When it ended; null while it fires.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When users began to be hurt, as far as the counts tell: the first bad minute of the burn.</summary>
    public required DateTimeOffset ImpactStart { get; init; }

    /// <summary>Windows and burn of the pair that fired first: <c>14.4x over 1h and 5m</c>.</summary>
    public required string Condition { get; init; }

    /// <summary>Burn rate over the long window when it fired.</summary>
    public required double Burn { get; init; }

    /// <summary>Share of the budget that was left when it fired.</summary>
    public required double BudgetLeft { get; init; }

    /// <summary>What users feel, in a sentence or two.</summary>
    public required string Summary { get; init; }

    /// <summary>What explains it; null until it was looked for.</summary>
    public AlertEvidence? Evidence { get; init; }

    /// <summary>Id of the alert this one is a consequence of: it pages nobody of its own. Null when it stands for itself.</summary>
    public string? CausedBy { get; init; }

    /// <summary>Names of the targets that are told, separated by commas. Empty: every target whose own rules fit.</summary>
    public string Targets { get; init; } = "";

    /// <summary>Where it is written what to do.</summary>
    public string? Runbook { get; init; }
}
