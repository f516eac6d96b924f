using OpenTelemetry.Metrics;
using Tidegate.Core.Calls;

namespace Tidegate.Insight.Telemetry.Metrics;

/// <summary>
/// How many series a metric may have. What comes beyond is not lost but counted in one series with the label <c>otel_metric_overflow="true"</c>, so
/// sums stay right and the overflow is seen. Metrics by route have room for 10,000 routes; memory is taken for all series at once, about 90 bytes each.
/// </summary>
internal static class SeriesLimits
{
    /// <summary>Series of a metric that is not named here.</summary>
    public const int Usual = 2_000;

    /// <summary>By route: 10,000 of them, and some that come and go.</summary>
    public const int ByRoute = 12_000;

    /// <summary>By route, outcome and status: a few for each route.</summary>
    public const int ByRouteAndOutcome = 40_000;

    /// <summary>By destination: as many services with three each.</summary>
    public const int ByDestination = 30_000;

    /// <summary>The limit of a metric, by its labels.</summary>
    public static int Of(MetricDefinition metric) =>
        metric.Labels.Contains("destination", StringComparer.Ordinal) ? ByDestination
        : !metric.Labels.Contains("route", StringComparer.Ordinal) && !metric.Labels.Contains("service", StringComparer.Ordinal) ? Usual
        : metric.Labels.Contains("outcome", StringComparer.Ordinal) ? ByRouteAndOutcome
        : ByRoute;

    /// <summary>Gives every known metric its limit.</summary>
    public static MeterProviderBuilder AddSeriesLimits(this MeterProviderBuilder metrics)
    {
        foreach (var metric in CallMetricNames.All.Where(m => Of(m) != Usual)) metrics.AddView(metric.Name, Configuration(metric));
        return metrics;
    }

    private static MetricStreamConfiguration Configuration(MetricDefinition metric) => metric.Buckets is { } buckets
        ? new ExplicitBucketHistogramConfiguration { Boundaries = [.. buckets], RecordMinMax = false, CardinalityLimit = Of(metric) }
        : new MetricStreamConfiguration { CardinalityLimit = Of(metric) };
}
