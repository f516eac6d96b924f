using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Insight.Indicators.Counting;

namespace Tidegate.Insight.Indicators;

/// <summary>Names of series that count the gateway's own calls, where some objective asks for them.</summary>
public static class GatewaySeries
{
    /// <summary>Answered and failed calls of a service, by the usual outcomes; of all services when it is null.</summary>
    public static string Availability(string? service) =>
        CallIndicator.Of(new GatewayIndicatorConfig { Measure = GatewayMeasure.Availability, Service = service is null ? [] : [service] }).SeriesName;

    /// <summary>What the names of series of durations begin with.</summary>
    public static string Latency => "tidegate:latency@";

    /// <summary>True when a series has the durations of all calls of a service (of all services when it is null), whatever its threshold is.</summary>
    public static bool HasDurationsOf(string series, string? service) =>
        series.StartsWith(Latency, StringComparison.Ordinal) && (series.IndexOf(';', StringComparison.Ordinal) is var at && at < 0 ? service is null : service is not null && series[at..] == $";service={service}");
}
