using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>Metric source <c>tidegate</c>: the gateway's own calls.</summary>
internal sealed class CallSource(CallCounter counter) : IIndicatorSource
{
    /// <inheritdoc/>
    public string Type => "tidegate";

    /// <inheritdoc/>
    public IndicatorBinding Bind(IndicatorQuestion question)
    {
        if (question.Sli.RatioMetric is not { Raw: { } raw, RawType: RawRatioType.Success })
            throw new FormatException("An indicator of type tidegate is the raw of a ratioMetric with rawType: success.");
        if (MetricSources.Bind(raw.MetricSource, question.Document)?.Spec is not GatewayIndicatorConfig config) throw new FormatException("The spec of the metric source is not legal.");
        var indicator = CallIndicator.Of(config);
        return new CallBinding(indicator);
    }

    /// <inheritdoc/>
    public void Use(IReadOnlyList<IndicatorBinding> bindings, ConfigDocument document) => counter.Use([.. bindings.OfType<CallBinding>().Select(b => b.Indicator)], document);

    private sealed record CallBinding(CallIndicator Indicator) : IndicatorBinding(Indicator.SeriesName, CallText.Of(Indicator), Indicator.GroupBy is not null);
}
