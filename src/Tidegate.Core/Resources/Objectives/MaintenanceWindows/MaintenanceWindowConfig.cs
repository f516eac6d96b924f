using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.MaintenanceWindows;

/// <summary>Kind <c>MaintenanceWindow</c>: times of announced work, during which nobody is told of alerts. Budgets burn on unless an <c>Exclusion</c> says otherwise.</summary>
public sealed record MaintenanceWindowConfig
{
    /// <summary>When.</summary>
    [MinLength(1)]
    public required IReadOnlyList<PeriodConfig> Windows { get; init; }

    /// <summary>The services worked on.</summary>
    [MinLength(1)]
    [Reference("Service", "openslo.Service")]
    public required IReadOnlyList<string> Services { get; init; }

    /// <summary>What is done, for whoever asks.</summary>
    public required string Reason { get; init; }

    /// <summary>Who does it. Default empty.</summary>
    public string Author { get; init; } = "";
}
