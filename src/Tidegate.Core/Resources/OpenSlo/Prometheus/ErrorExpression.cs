using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.OpenSlo.Slos;

namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>The error ratio of an objective as an expression over any window.</summary>
internal abstract class ErrorExpression
{
    /// <summary>Share of bad events over a window, such as <c>1h</c>. No value without events.</summary>
    public abstract string Ratio(string window);

    /// <summary>Number of events over a window, one value; null when it cannot be told.</summary>
    public virtual string? Events(string window) => null;

    /// <summary>The expression of an objective; null, with a note, when Prometheus cannot say it.</summary>
    public static ErrorExpression? Of(SloConfig slo, SloObjectiveConfig objective, ConfigDocument document, Action<string> note)
    {
        var sli = objective.Indicator?.Spec ?? slo.Indicator?.Spec
            ?? ((objective.IndicatorRef ?? slo.IndicatorRef) is { } name ? (document.Find($"SLI/{name}") as Resource<SliConfig>)?.Spec : null);
        var metric = sli?.ThresholdMetric ?? sli?.RatioMetric?.Raw ?? sli?.RatioMetric?.Total;
        var source = metric is null ? null : MetricSources.Bind(metric.MetricSource, document);
        switch (source?.Spec)
        {
            case GatewayIndicatorConfig gateway:
                return GatewayExpression.Of(gateway, note);
            case PrometheusIndicatorConfig:
                return QueryExpression.Of(sli!, objective, document, note);
            default:
                note($"Prometheus has no data of a source of type {source?.Type ?? metric?.MetricSource.Type ?? "?"}: left out.");
                return null;
        }
    }

    /// <summary>Bad of all; 0 when there is no series of bad ones yet, nothing when there are no events.</summary>
    protected static string Share(string bad, string total) => $"({bad} or 0 * {total}) / ({total} > 0)";

    /// <summary>The rest of a share of good.</summary>
    protected static string Rest(string good) => $"1 - {good}";
}
