using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Promql;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;

namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>Queries that the author wrote, over a window. A query with <c>{{.window}}</c> says itself where the window goes.</summary>
internal sealed class QueryExpression(Func<string, string> ratio, Func<string, string>? events) : ErrorExpression
{
    private const string Template = CounterSelector.Window;

    public override string Ratio(string window) => ratio(window);

    public override string? Events(string window) => events?.Invoke(window);

    /// <summary>The expression of an indicator; null, with a note, when a query in it is none: Prometheus refuses a rule file for one expression.</summary>
    public static QueryExpression? Of(SliConfig sli, SloObjectiveConfig objective, ConfigDocument document, Action<string> note)
    {
        var refused = false;
        string? Query(MetricConfig? metric)
        {
            if (metric is null) return null;
            if (MetricSources.Bind(metric.MetricSource, document)?.Spec is not PrometheusIndicatorConfig { Query: var query })
            {
                note("A metric source of it is not legal: left out.");
                refused = true;
                return null;
            }

            if (PromqlQuery.Problem(query) is not { } problem) return PromqlQuery.AsVector(query.Trim());
            note($"Prometheus would refuse the whole file for the query {PrometheusText.Quoted(Echo.Of(query))}: {problem}: left out.");
            refused = true;
            return null;
        }

        var made = Of(sli, objective, Query);
        return refused ? null : made;
    }

    private static QueryExpression? Of(SliConfig sli, SloObjectiveConfig objective, Func<MetricConfig?, string?> query)
    {
        if (query(sli.ThresholdMetric) is { } value)
        {
            var holds = $"({value}) {Operator(objective.Op)} bool {PrometheusText.Number(objective.Value ?? 0)}";
            return new QueryExpression(w => Rest($"avg({Average(holds.Replace(Template, "5m", StringComparison.Ordinal), w)})"), null);
        }

        var counter = sli.RatioMetric is { Counter: true };
        if (query(sli.RatioMetric?.Raw) is { } raw)
        {
            return sli.RatioMetric!.RawType == RawRatioType.Failure
                ? new QueryExpression(w => $"avg({OfWindow(raw, w)})", null)
                : new QueryExpression(w => Rest($"avg({OfWindow(raw, w)})"), null);
        }

        // All of them are read before any is found wanting, so that all are told.
        var (total, bad, good) = (query(sli.RatioMetric?.Total), query(sli.RatioMetric?.Bad), query(sli.RatioMetric?.Good));
        if (total is null) return null;
        Func<string, string>? count = counter ? w => Rate(total, w, "increase") : null;
        if (bad is not null) return new QueryExpression(w => Share(Sum(bad, w, counter), Sum(total, w, counter)), count);
        return good is not null ? new QueryExpression(w => Rest(Share(Sum(good, w, counter), Sum(total, w, counter))), count) : null;
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
