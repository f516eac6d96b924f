using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>Metric source <c>tidegate</c>: the gateway's own calls.</summary>
internal sealed class CallSource(CallCounter counter) : IIndicatorSource
{
    private volatile IReadOnlyDictionary<string, CallIndicator> _indicators = new Dictionary<string, CallIndicator>(StringComparer.Ordinal);

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
    public void Use(IReadOnlyList<IndicatorBinding> bindings, ConfigDocument document)
    {
        var indicators = bindings.OfType<CallBinding>().Select(b => b.Indicator).ToList();
        _indicators = indicators.ToDictionary(i => i.SeriesName, StringComparer.Ordinal);
        counter.Use(indicators, document);
    }

    /// <inheritdoc/>
    public IndicatorCalls? Calls(string series)
    {
        if (_indicators.TryGetValue(series, out var indicator)) return CallsOf(indicator, series);
        var grouped = _indicators.Values.FirstOrDefault(i => i.GroupBy is not null && series.StartsWith(i.SeriesName + "=", StringComparison.Ordinal));
        return grouped is null ? null : CallsOf(grouped, series);
    }

    // SERIES=VALUE where the indicator is grouped.
    private static IndicatorCalls? CallsOf(CallIndicator indicator, string series) =>
        CallLogQuestion.Of(indicator, series.Length > indicator.SeriesName.Length ? series[(indicator.SeriesName.Length + 1)..] : null);

    private sealed record CallBinding(CallIndicator Indicator) : IndicatorBinding(Indicator.SeriesName, CallText.Of(Indicator), Indicator.GroupBy is not null)
    {
        public override IndicatorCalls? Calls(string series) => CallsOf(Indicator, series);

        public override string? Dimension => Indicator.GroupBy is { } by && by is not (GatewaySelector.Team or GatewaySelector.Region) ? CallLogQuestion.Field(by) : null;

        public override bool CountsCalls => true;
    }
}
