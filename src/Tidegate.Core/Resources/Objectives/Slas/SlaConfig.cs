using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.Slas;

/// <summary>Kind <c>SLA</c>: what was promised to somebody, beside the SLO that is meant to keep it.</summary>
public sealed record SlaConfig
{
    /// <summary>Name of the <c>SLO</c> it is measured by.</summary>
    [Reference("SLO")]
    public required string Slo { get; init; }

    /// <summary><c>displayName</c> of the objective. Needed when the SLO has several.</summary>
    public string? Objective { get; init; }

    /// <summary>Share that was promised, above 0 and below 1. Either this or <see cref="TargetPercent"/>.</summary>
    public decimal? Target { get; init; }

    /// <summary>The same in percent.</summary>
    public decimal? TargetPercent { get; init; }

    /// <summary>To whom. Default empty.</summary>
    public string Customer { get; init; } = "";

    /// <summary>What happens when it is broken, in words. Default empty.</summary>
    public string Penalty { get; init; } = "";

    /// <summary>Share of the SLA's own budget that should never be touched: reports mark the SLA as at risk when less is left. Default 0.2.</summary>
    [Range(0.0, 1.0)]
    public double Buffer { get; init; } = 0.2;
}
