using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Objectives.CompositeSlos;

/// <summary>A part of a composite.</summary>
public sealed record CompositePartConfig
{
    /// <summary>Name of the <c>SLO</c>. Composites do not nest.</summary>
    [Reference("SLO", ByRule = true)]
    public required string Slo { get; init; }

    /// <summary><c>displayName</c> of the objective. Needed when the SLO has several.</summary>
    public string? Objective { get; init; }

    /// <summary>Weight among the parts, with <c>weighted</c>. Default 1.</summary>
    public decimal Weight { get; init; } = 1;
}
