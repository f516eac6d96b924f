using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;

namespace Tidegate.Insight.Notifications;

/// <summary>An alert as it is sent: one of our own objectives', or one that came from outside.</summary>
public sealed record AlertNotice
{
    /// <summary>Id of the alert: the same when it fires and when it ends, so that receivers can tell.</summary>
    public required string Alert { get; init; }

    /// <summary>True when it has ended.</summary>
    public required bool IsResolved { get; init; }

    /// <summary>How urgent.</summary>
    public required AlertSeverity Severity { get; init; }

    /// <summary>When it fired.</summary>
    public required DateTimeOffset FiredAt { get; init; }

    /// <summary>When it ended; null while it fires.</summary>
    public DateTimeOffset? ResolvedAt { get; init; }

    /// <summary>What it is about, in a few words.</summary>
    public required string Title { get; init; }

    /// <summary>What users feel, and how fast the budget goes.</summary>
    public required string Summary { get; init; }

    /// <summary>What explains it, a line each.</summary>
    public IReadOnlyList<string> Evidence { get; init; } = [];

    /// <summary>What it can be told by: <c>slo</c>, <c>objective</c>, <c>service</c>, <c>severity</c>; for alerts from outside their own.</summary>
    public required IReadOnlyDictionary<string, string> Labels { get; init; }

    /// <summary>Where it is written what to do.</summary>
    public string? Runbook { get; init; }

    /// <summary>Where else one looks.</summary>
    public IReadOnlyList<AlertLink> Links { get; init; } = [];

    /// <summary>True when somebody has said that they are at it: it is not said again meanwhile.</summary>
    public bool IsAcknowledged { get; init; }

    /// <summary>Why it is taken for ended, where nobody said that it has.</summary>
    public string? EndReason { get; init; }

    /// <summary>Names of the targets that are told, separated by commas; empty: every target whose own rules fit.</summary>
    public string Targets { get; init; } = "";

    /// <summary>True when <see cref="Targets"/> are told whatever severities and services they are for. Default false.</summary>
    public bool IsAddressed { get; init; }

    /// <summary>True when it waits for no others of its group, nor goes with them: it is told at once and by itself. Default false.</summary>
    public bool IsAlone { get; init; }

    /// <summary>A label, or empty.</summary>
    public string Label(string name) => Labels.TryGetValue(name, out var value) ? value : "";
}
