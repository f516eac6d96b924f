using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Core.Resources.OpenSlo.Slos;

/// <summary>What services promise of their availability, and what they cannot do without.</summary>
public static class ServicePromises
{
    /// <summary>What a service promises at best, above 0 and below 1; null when it promises nothing that could be computed with.</summary>
    public static decimal? BestOf(string service, ConfigDocument document) =>
        document.OfKind<SloConfig>().Where(s => s.Spec.Service == service && IsOfAvailability(s.Spec, document)).SelectMany(s => s.Spec.Objectives).Select(SloTarget.Of).Where(t => t is > 0 and < 1)
            .Select(t => (decimal?)t).Max();

    /// <summary>Services that a service declares that it cannot answer without.</summary>
    public static IReadOnlyList<string> HardOf(string service, ConfigDocument document) =>
        document.Find($"Service/{service}") is Resource<ServiceConfig> found ? [.. found.Spec.Dependencies.Where(d => d.Kind == DependencyKind.Hard).Select(d => d.Service).Distinct(StringComparer.Ordinal)] : [];

    /// <summary>True when an SLO is about being answered. Latency, cost and the like do not multiply.</summary>
    internal static bool IsOfAvailability(SloConfig slo, ConfigDocument document)
    {
        var sli = slo.Indicator?.Spec ?? (slo.IndicatorRef is { } name ? (document.Find($"SLI/{name}") as Resource<SliConfig>)?.Spec : null);
        if (sli?.RatioMetric is not { } ratio) return false;
        return ratio.Raw is null || MetricSources.Bind(ratio.Raw.MetricSource, document)?.Spec is not GatewayIndicatorConfig { Measure: not GatewayMeasure.Availability };
    }
}
