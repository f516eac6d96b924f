namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>Metric source <c>otlp</c>: metrics that are pushed in over OTLP.</summary>
public sealed record OtlpIndicatorConfig
{
    /// <summary>Name of the metric.</summary>
    public required string Metric { get; init; }

    /// <summary>Only points whose attributes, or whose resource's, have these values. Default: all.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>For histograms, as <c>raw</c> with <c>rawType: success</c>: values up to it are good, in the unit of the metric. Default: the metric is a counter or a gauge.</summary>
    public double? Threshold { get; init; }
}
