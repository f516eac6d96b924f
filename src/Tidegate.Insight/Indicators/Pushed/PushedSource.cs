using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;

namespace Tidegate.Insight.Indicators.Pushed;

/// <summary>Metric source <c>events</c>: counts of good and bad that programs push.</summary>
internal sealed class PushedSource : IIndicatorSource
{
    private volatile IReadOnlySet<string> _names = new HashSet<string>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Type => "events";

    /// <summary>Names that objectives in force count.</summary>
    public IReadOnlySet<string> Names => _names;

    /// <summary>Name of the series of counts.</summary>
    public static string SeriesOf(string name) => $"events:{name}";

    /// <inheritdoc/>
    public IndicatorBinding Bind(IndicatorQuestion question)
    {
        if (question.Sli.RatioMetric is not { Raw: { } raw, RawType: RawRatioType.Success })
            throw new FormatException("An indicator of type events is the raw of a ratioMetric with rawType: success.");
        if (MetricSources.Bind(raw.MetricSource, question.Document)?.Spec is not EventsIndicatorConfig config) throw new FormatException("The spec of the metric source is not legal.");
        return new PushedBinding(config.Name);
    }

    /// <inheritdoc/>
    public void Use(IReadOnlyList<IndicatorBinding> bindings, ConfigDocument document) =>
        _names = bindings.OfType<PushedBinding>().Select(b => b.Name).ToHashSet(StringComparer.Ordinal);

    private sealed record PushedBinding(string Name) : IndicatorBinding(SeriesOf(Name), $"events pushed as {Name}");
}
