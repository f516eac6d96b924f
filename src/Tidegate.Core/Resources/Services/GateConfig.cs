using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Objectives.AlertSets;

namespace Tidegate.Core.Resources.Services;

/// <summary>When the release gate (<c>tidegate gate</c>) denies a release of a service. Freezes and freeze calendars deny always.</summary>
public sealed record GateConfig
{
    /// <summary>Denies while an objective has no more than this much of its error budget left, in percent. Default 0: used up.</summary>
    [Range(-100.0, 100.0)]
    public double MinBudgetLeft { get; init; }

    /// <summary>Denies while an objective burns its budget faster than this, over the last hour. Default 6: a month's budget in five days. 0: never.</summary>
    [Range(0.0, 10000.0)]
    public double MaxBurn { get; init; } = 6;

    /// <summary>Severities of alerts that deny while they fire; others warn. Default <c>page</c>.</summary>
    public IReadOnlyList<AlertSeverity> Alerts { get; init; } = [AlertSeverity.Page];

    /// <summary>What it says when an objective has no data. Default <c>allow</c>, with a warning.</summary>
    public GateNoData NoData { get; init; }
}
