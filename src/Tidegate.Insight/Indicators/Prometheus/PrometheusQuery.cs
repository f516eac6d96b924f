using System.Globalization;
using System.Text.RegularExpressions;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Prometheus;

namespace Tidegate.Insight.Indicators.Prometheus;

/// <summary>A query as a server is asked for it.</summary>
/// <param name="Server">Which server.</param>
/// <param name="Written">The query as it is written.</param>
/// <param name="Expression">The expression that is evaluated at the end of every step.</param>
/// <param name="Form">What its points are.</param>
/// <param name="Factor">What a point is multiplied by to be events.</param>
internal sealed partial record PrometheusQuery(PrometheusAddress Server, string Written, string Expression, QueryForm Form, double Factor)
{
    /// <summary>
    /// A query for events. A query that says itself over what time it counts (<c>{{.window}}</c>, or a function over a range) gives the events of its step, or, as
    /// a rate, events a second. A counter without that is looked at on the borders of steps: by the server where the query is a selector or the sum of one, here
    /// where it is anything else.
    /// </summary>
    public static PrometheusQuery Events(PrometheusAddress server, PrometheusIndicatorConfig spec, bool counter)
    {
        var query = spec.Query.Trim();
        var window = Duration(spec.Step);
        if (query.Contains(CounterSelector.Window, StringComparison.Ordinal) || OverTime().IsMatch(query))
            return new(server, query, query.Replace(CounterSelector.Window, window, StringComparison.Ordinal), QueryForm.Value, IsRate(query) ? spec.Step.TotalSeconds : 1);
        if (!counter) return new(server, query, query, QueryForm.Value, 1);
        // Series that were there a step ago: what they grew by, or, where one fell, what it has counted since it began anew. Nothing is extrapolated, so events stay whole.
        return CounterSelector.Of(query) is { } selector
            ? new(server, query, $"sum(({selector} - {selector} offset {window}) >= 0 or ({selector} and {selector} offset {window}))", QueryForm.Value, 1)
            : new(server, query, query, QueryForm.Growth, 1);
    }

    /// <summary>A query for a value or a ratio.</summary>
    /// <param name="server">Which server.</param>
    /// <param name="spec">The query.</param>
    /// <param name="shortest">Shortest length of time it is asked over; its step where that is longer.</param>
    public static PrometheusQuery Value(PrometheusAddress server, PrometheusIndicatorConfig spec, TimeSpan shortest) => new(
        server, spec.Query.Trim(), spec.Query.Trim().Replace(CounterSelector.Window, Duration(spec.Step > shortest ? spec.Step : shortest), StringComparison.Ordinal), QueryForm.Value, 1);

    // Steps are parts of a minute, or whole minutes.
    private static string Duration(TimeSpan time) => time < TimeSpan.FromMinutes(1)
        ? string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0}s")
        : string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:0}m");

    private static bool IsRate(string query) => Rate().IsMatch(query) && !Increase().IsMatch(query);

    [GeneratedRegex(@"\b(rate|irate|increase|delta|idelta|sum_over_time|count_over_time)\s*\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OverTime();

    [GeneratedRegex(@"\bi?rate\s*\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Rate();

    [GeneratedRegex(@"\bincrease\s*\(", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Increase();
}
