using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;

namespace Tidegate.Insight.Indicators.Probes;

/// <summary>Metric source <c>probe</c>: Tidegate asks by itself. What it counts is no call of anybody: the counters of calls do not see it.</summary>
internal sealed class ProbeSource(IRandomSource random, TimeProvider time) : IIndicatorSource
{
    private volatile IReadOnlyDictionary<string, ProbeState> _probes = new Dictionary<string, ProbeState>(StringComparer.Ordinal);

    /// <inheritdoc/>
    public string Type => "probe";

    /// <summary>Probes of the configuration in force.</summary>
    public IReadOnlyCollection<ProbeState> Probes => [.. _probes.Values];

    /// <inheritdoc/>
    public IndicatorBinding Bind(IndicatorQuestion question)
    {
        if (question.Sli.RatioMetric is not { Raw: { } raw, RawType: RawRatioType.Success })
            throw new FormatException("An indicator of type probe is the raw of a ratioMetric with rawType: success.");
        if (MetricSources.Bind(raw.MetricSource, question.Document)?.Spec is not ProbeIndicatorConfig config) throw new FormatException("The spec of the metric source is not legal.");
        return ProbeIndicator.Of(config);
    }

    /// <inheritdoc/>
    public void Use(IReadOnlyList<IndicatorBinding> bindings, ConfigDocument document)
    {
        var (before, now) = (_probes, time.GetUtcNow());
        // The first time anywhere within the interval, then always the same time after: a thousand probes are spread, and each keeps its beat.
        _probes = bindings.OfType<ProbeIndicator>().ToDictionary(
            b => b.Series, b => before.TryGetValue(b.Series, out var known) ? known : new ProbeState(b, now + (b.Config.Interval * random.NextDouble())), StringComparer.Ordinal);
    }

    /// <inheritdoc/>
    public string? Latest(string series) => _probes.TryGetValue(series, out var probe) && probe.Last is { Problem: { } problem } last ? $"The last probe ({last.At:u}) was bad: {problem}" : null;
}
