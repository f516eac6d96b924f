using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.OpenSlo.Slis;

/// <summary>Kind <c>SLI</c> of OpenSLO v1: what is measured, and where from.</summary>
public sealed record SliConfig
{
    /// <summary>What it measures, at most 1,050 characters. Default empty.</summary>
    [MaxLength(1050)]
    public string Description { get; init; } = "";

    /// <summary>A value that objectives compare with a limit. Either this or <see cref="RatioMetric"/>.</summary>
    public MetricConfig? ThresholdMetric { get; init; }

    /// <summary>Good of all.</summary>
    public RatioMetricConfig? RatioMetric { get; init; }
}
