using Tidegate.Core.Resources;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>Metric source <c>otlp</c>: metrics that are pushed in.</summary>
internal sealed class OtlpSource(TimeProvider time) : IIndicatorSource
{
    private readonly Lock _gate = new();
    private Dictionary<string, OtlpCounting> _countings = new(StringComparer.Ordinal);
    private ILookup<string, (OtlpCounting Counting, OtlpSelector Selector)> _byMetric = Enumerable.Empty<(OtlpCounting Counting, OtlpSelector Selector)>().ToLookup(s => s.Selector.Metric, StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Type => "otlp";

    /// <inheritdoc/>
    public IndicatorBinding Bind(IndicatorQuestion question) => new OtlpBinding(OtlpIndicator.Of(question));

    /// <inheritdoc/>
    public void Use(IReadOnlyList<IndicatorBinding> bindings, ConfigDocument document)
    {
        lock (_gate)
        {
            var before = _countings;
            _countings = bindings.OfType<OtlpBinding>().ToDictionary(b => b.Series, b => before.TryGetValue(b.Series, out var known) ? known : new OtlpCounting(b.Indicator, time.GetUtcNow()), StringComparer.Ordinal);
            _byMetric = _countings.Values.SelectMany(c => c.Indicator.Selectors.Select(s => (Counting: c, Selector: s))).ToLookup(s => s.Selector.Metric, StringComparer.Ordinal);
        }
    }

    /// <inheritdoc/>
    public string? Trouble(string series)
    {
        lock (_gate) return _countings.GetValueOrDefault(series)?.Trouble(time.GetUtcNow());
    }

    /// <summary>Does something with what is asked for; nobody else does meanwhile.</summary>
    public T Exclusively<T>(Func<ILookup<string, (OtlpCounting Counting, OtlpSelector Selector)>, T> take)
    {
        lock (_gate) return take(_byMetric);
    }

    private sealed record OtlpBinding(OtlpIndicator Indicator) : IndicatorBinding(Indicator.Series, Indicator.Text);
}
