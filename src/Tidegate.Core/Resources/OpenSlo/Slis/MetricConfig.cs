namespace Tidegate.Core.Resources.OpenSlo.Slis;

/// <summary>One series of numbers.</summary>
public sealed record MetricConfig
{
    /// <summary>Where it comes from.</summary>
    public required MetricSourceConfig MetricSource { get; init; }
}
