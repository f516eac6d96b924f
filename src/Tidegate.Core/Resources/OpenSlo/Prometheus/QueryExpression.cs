using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.OpenSlo.Slos;

namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>Queries that the author wrote, over a window. A query with <c>{{.window}}</c> says itself where the window goes.</summary>
internal sealed class QueryExpression(Func<string, string> ratio, Func<string, string>? events) : ErrorExpression
{
    private const string Template = CounterSelector.Window;

    public override string Ratio(string window) => ratio(window);

    public override string? Events(string window) => events?.Invoke(window);

    public static QueryExpression? Of(SliConfig sli, SloObjectiveConfig objective, ConfigDocument document)
    {
        string? Query(MetricConfig? metric) => metric is null ? null : (MetricSources.Bind(metric.MetricSource, document)?.Spec as PrometheusIndicatorConfig)?.Query.Trim();

        if (Query(sli.ThresholdMetric) is { } value)
        {
            var good = $"({value}) {Operator(objective.Op)} bool {PrometheusText.Number(objective.Value ?? 0)}";
            return new QueryExpression(w => Rest($"avg({Average(good.Replace(Template, "5m", StringComparison.Ordinal), w)})"), null);
        }

        var counter = sli.RatioMetric is { Counter: true };
        if (Query(sli.RatioMetric?.Raw) is { } raw)
        {
            return sli.RatioMetric!.RawType == RawRatioType.Failure
                ? new QueryExpression(w => $"avg({OfWindow(raw, w)})", null)
                : new QueryExpression(w => Rest($"avg({OfWindow(raw, w)})"), null);
        }

        if (Query(sli.RatioMetric?.Total) is not { } total) return null;
        Func<string, string>? count = counter ? w => Rate(total, w, "increase") : null;
        if (Query(sli.RatioMetric!.Bad) is { } bad) return new QueryExpression(w => Share(Sum(bad, w, counter), Sum(total, w, counter)), count);
        return Query(sli.RatioMetric.Good) is { } goods ? new QueryExpression(w => Rest(Share(Sum(goods, w, counter), Sum(total, w, counter))), count) : null;
    }

    private static string Operator(ComparisonOperator? op) => op switch { ComparisonOperator.GreaterOrEqual => ">=", ComparisonOperator.Less => "<", ComparisonOperator.Greater => ">", _ => "<=" };

    private static string OfWindow(string query, string window) => query.Contains(Template, StringComparison.Ordinal) ? query.Replace(Template, window, StringComparison.Ordinal) : Average(query, window);

    private static string Average(string query, string window) => $"avg_over_time(({query})[{window}:1m])";

    private static string Sum(string query, string window, bool counter) =>
        query.Contains(Template, StringComparison.Ordinal) ? $"sum({query.Replace(Template, window, StringComparison.Ordinal)})"
        : counter ? Rate(query, window, "rate")
        : $"sum({Average(query, window)})";

    /// <summary>Growth of counters. That of a sum would take every restart of one instance for one of all, so it goes inside where the query can be read; else over points a minute apart.</summary>
    private static string Rate(string query, string window, string function)
    {
        if (CounterSelector.Of(query) is { } selector) return $"sum({function}({selector}[{window}]))";
        if (query.Contains(Template, StringComparison.Ordinal)) return $"sum({query.Replace(Template, window, StringComparison.Ordinal)})";
        return $"sum({function}(({query})[{window}:1m]))";
    }
}
