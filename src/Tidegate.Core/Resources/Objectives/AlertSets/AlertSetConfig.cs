using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Objectives.AlertSets;

/// <summary>Kind <c>AlertSet</c>: when budgets burn too fast. Each pair looks at a long window, so that it is about something, and at a short one, so that it is about now.</summary>
public sealed record AlertSetConfig
{
    /// <summary>The pairs; each alerts by itself.</summary>
    [MinLength(1)]
    public required IReadOnlyList<AlertPairConfig> Pairs { get; init; }

    /// <summary>Whether an alert ends when the <c>short</c> window (default) burns below the threshold again, or only when the <c>long</c> one does.</summary>
    public AlertClearing ClearOn { get; init; } = AlertClearing.Short;

    /// <summary>Events the long window must hold before a pair alerts, against alerts about next to no traffic. Default 0: any.</summary>
    [Range(0, 1_000_000_000)]
    public long MinEvents { get; init; }

    /// <summary>How sure it must be that the burn rate is above the threshold, given how few events there were: 0.95. Default 0: the ratio is taken as it is.</summary>
    [Range(0.0, 0.9999)]
    public double Confidence { get; init; }

    /// <summary>Who is told: names of <c>NotificationTarget</c> objects. Empty (default): every target whose own rules fit.</summary>
    [Schema.Reference("NotificationTarget")]
    public IReadOnlyList<string> Targets { get; init; } = [];
}
