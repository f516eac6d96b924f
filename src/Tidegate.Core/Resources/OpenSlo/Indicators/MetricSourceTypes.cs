using Tidegate.Core.Resources.OpenSlo.Indicators.Sources;

namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>All kinds of metric sources.</summary>
internal static class MetricSourceTypes
{
    /// <summary>Code of the finding that a kind is not known.</summary>
    public const string UnknownType = "unknown_source";

    /// <summary>One line per kind.</summary>
    public static IReadOnlyList<MetricSourceType> All { get; } = [new GatewaySource(), new PrometheusSource(), new ProbeSource(), new EventsSource(), new OtlpSource()];

    /// <summary>All words.</summary>
    public static IReadOnlyList<string> Words { get; } = [.. All.Select(t => t.Word)];

    /// <summary>The kind with this word in any case (OpenSLO leaves the spelling open; its own examples write <c>Prometheus</c>), or null.</summary>
    public static MetricSourceType? Find(string word) => All.FirstOrDefault(t => string.Equals(t.Word, word, StringComparison.OrdinalIgnoreCase));
}
