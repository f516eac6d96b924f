using System.Globalization;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>The gateway's own counters, by the names and labels of its <c>/metrics</c>.</summary>
internal sealed class GatewayExpression(Func<string, string> bad, Func<string, string> total, string by, bool badIsGood) : ErrorExpression
{
    public override string Ratio(string window)
    {
        var (part, all) = (Sum(bad(window), "rate"), Sum(total(window), "rate"));
        return badIsGood ? Rest(Share(part, all)) : Share(part, all);
    }

    public override string? Events(string window) => $"sum(increase({total(window)}))";

    /// <summary>The expression of an indicator, or null with a note.</summary>
    public static GatewayExpression? Of(GatewayIndicatorConfig indicator, Action<string> note)
    {
        switch (indicator.Measure)
        {
            case GatewayMeasure.Availability:
                return Availability(indicator, note);
            case GatewayMeasure.Latency:
                return Histogram(indicator, CallMetricNames.CallDuration, note);
            case GatewayMeasure.FirstToken:
                return Histogram(indicator, ModelMetricNames.FirstToken, note);
            default:
                note($"The metrics of the gateway do not carry {indicator.Measure.Word()}: left out.");
                return null;
        }
    }

    private static GatewayExpression? Availability(GatewayIndicatorConfig indicator, Action<string> note)
    {
        var metric = CallMetricNames.Calls;
        if (Selector(indicator, metric, note) is not { } selector) return null;
        var outcomes = GatewayOutcomes.Of(indicator);
        List<string> Words(params ReadOnlySpan<IReadOnlyList<bool>> sets)
        {
            var words = new List<string>();
            for (int i = 0; i < CallOutcomes.All.Count; i++)
            {
                bool any = false;
                foreach (var set in sets) any |= set[i];
                if (any) words.Add(CallOutcomes.All[i]);
            }

            return words;
        }

        string Series(List<string> words, string window) => $"{metric.Name}{{{string.Join(',', [.. selector, PrometheusText.OneOf("outcome", words)])}}}[{window}]";
        var (bad, all) = (Words(outcomes.Bad), Words(outcomes.Good, outcomes.Bad));
        return new GatewayExpression(w => Series(bad, w), w => Series(all, w), By(indicator), badIsGood: false);
    }

    /// <summary>Good ones are those in the bucket that ends at the threshold, or at the nearest below: rather an alert too many.</summary>
    private static GatewayExpression? Histogram(GatewayIndicatorConfig indicator, MetricDefinition metric, Action<string> note)
    {
        if (Selector(indicator, metric, note) is not { } selector) return null;
        var seconds = GatewayThreshold.DurationOf(indicator).TotalSeconds;
        var bucket = metric.Buckets!.Where(b => b <= seconds).DefaultIfEmpty(0).Max();
        if (bucket == 0)
        {
            note($"The threshold {indicator.Threshold} lies below the smallest bucket of {metric.Name}: left out.");
            return null;
        }

        if (bucket < seconds) note($"{metric.Name} has no bucket that ends at {indicator.Threshold}: the rules take {bucket.ToString(CultureInfo.InvariantCulture)} s.");
        note($"{metric.Name} holds calls of every outcome: failed ones count by their duration.");
        // Exporters write whole numbers with and without a fraction.
        var edge = bucket == Math.Floor(bucket) ? $"le=~\"{bucket.ToString(CultureInfo.InvariantCulture)}(\\\\.0)?\"" : $"le=\"{bucket.ToString(CultureInfo.InvariantCulture)}\"";
        return new GatewayExpression(
            w => $"{metric.Name}_bucket{{{string.Join(',', [.. selector, edge])}}}[{w}]",
            w => $"{metric.Name}_count{(selector.Count == 0 ? "" : $"{{{string.Join(',', selector)}}}")}[{w}]",
            By(indicator),
            badIsGood: true);
    }

    /// <summary>Matchers of the selectors; null, with a note, when the metric has no such label.</summary>
    private static List<string>? Selector(GatewayIndicatorConfig indicator, MetricDefinition metric, Action<string> note)
    {
        (string Label, IReadOnlyList<string> Values)[] selectors =
        [
            ("service", indicator.Service), ("route", indicator.Route), ("version", indicator.Version), ("consumer", indicator.Consumer), ("team", indicator.Team),
            ("model", indicator.Model), ("provider", indicator.Provider), ("region", indicator.Region), ("destination", indicator.Destination),
        ];
        var asked = selectors.Where(s => s.Values.Count > 0).Select(s => s.Label).ToList();
        if (indicator.GroupBy is { } by) asked.Add(by.ToString().ToLowerInvariant());
        var missing = asked.Where(label => !metric.Labels.Contains(label, StringComparer.Ordinal)).Distinct(StringComparer.Ordinal).ToList();
        if (missing.Count == 0) return [.. selectors.Where(s => s.Values.Count > 0).Select(s => PrometheusText.OneOf(s.Label, s.Values))];
        note($"{metric.Name} has no label {string.Join(" and no label ", missing)}: left out.");
        return null;
    }

    private static string By(GatewayIndicatorConfig indicator) => indicator.GroupBy is { } by ? $" by ({by.ToString().ToLowerInvariant()}) " : "";

    private string Sum(string series, string function) => $"sum{by}({function}({series}))";
}
