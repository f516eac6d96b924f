using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives;

/// <summary>A pair of windows and what it is worth.</summary>
/// <param name="Severity">How urgent.</param>
/// <param name="Pair">Windows and burn rate.</param>
public sealed record AlertRule(AlertSeverity Severity, AlertPair Pair)
{
    /// <summary>True when it ends with its long window, which is later and calmer. Default: with the short one.</summary>
    public bool ClearOnLong { get; init; }

    /// <summary>Low traffic: fewest events in the long window for it to fire. Default 0: any.</summary>
    public double MinEvents { get; init; }

    /// <summary>Low traffic: how sure it must be, given how few events there were, that the burn is at least the rate. Default 0: the ratio is taken as it is.</summary>
    public double Confidence { get; init; }

    /// <summary>How long both windows must burn before it fires. Default at once: burn alerts need no such delay, but OpenSLO's conditions may have one.</summary>
    public TimeSpan After { get; init; }

    /// <summary>Names of the targets that are told, separated by commas. Empty: every target whose own rules fit.</summary>
    public string Targets { get; init; } = "";
}
