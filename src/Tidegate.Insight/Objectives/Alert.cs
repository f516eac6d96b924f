using Tidegate.Core.Resources.Objectives.AlertSets;

namespace Tidegate.Insight.Objectives;

/// <summary>An alert: an objective burns its budget too fast, or did; or something that a program outside said.</summary>
public sealed record Alert
{
    /// <summary><see cref="Origin"/> of alerts about our own objectives.</summary>
    public const string Own = "tidegate";

    /// <summary>Unique; made of the objective, the severity and the time, so that it is the same however often it is written.</summary>
    public required string Id { get; init; }

    /// <summary>Where it comes from: <c>tidegate</c> (default) for objectives, else the way a program outside said it: <c>alertmanager</c>, <c>webhook</c> or <c>pagerduty</c>.</summary>
    public string Origin { get; init; } = Own;

    /// <summary>Id of the objective; empty for alerts from outside, unless a label says it.</summary>
    public required string Objective { get; init; }

    /// <summary>Name of the SLO; empty for alerts from outside, unless a label says it.</summary>
    public required string Slo { get; init; }

    /// <summary>Service it is promised for; of an alert from outside its label <c>service</c>, or empty.</summary>
    public required string Service { get; init; }

    /// <summary>How urgent.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>When it began to fire.</summary>
    public required DateTimeOffset FiredAt { get; init; }

    /// <summary>When it ended; null while it fires.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>When users began to be hurt, as far as the counts tell: the first bad minute of the burn.</summary>
    public required DateTimeOffset ImpactStart { get; init; }

    /// <summary>Windows and burn of the pair that fired first: <c>14.4x over 1h and 5m</c>. Empty for alerts from outside.</summary>
    public required string Condition { get; init; }

    /// <summary>Burn rate over the long window when it fired; 0 for alerts from outside, which have no budget.</summary>
    public required double Burn { get; init; }

    /// <summary>Share of the budget that was left when it fired; 0 for alerts from outside, which have no budget.</summary>
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

    /// <summary>Where else one looks: annotations of the SLO that are addresses. Empty for alerts from outside, which have a <see cref="Link"/>.</summary>
    public IReadOnlyList<AlertLink> Links { get; init; } = [];

    /// <summary>What it is about, in a few words; null when the objective says it.</summary>
    public string? Title { get; init; }

    /// <summary>Labels of an alert from outside, as it came.</summary>
    public IReadOnlyDictionary<string, string> Labels { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>What else was said of an alert from outside.</summary>
    public IReadOnlyDictionary<string, string> Annotations { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where an alert from outside can be looked at.</summary>
    public string? Link { get; init; }

    /// <summary>When somebody outside said that they are at it; null when nobody did.</summary>
    public DateTimeOffset? AcknowledgedAt { get; init; }

    /// <summary>Why nobody is told of it now: a silence, maintenance, an inhibition, or the alert it follows from. Looked up when it is read alone; null when nothing keeps it back.</summary>
    public string? Suppressed { get; init; }

    /// <summary>Why it is taken for ended, where nobody said that it has.</summary>
    public string? EndReason { get; init; }
}
