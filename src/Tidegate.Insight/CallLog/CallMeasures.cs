namespace Tidegate.Insight.CallLog;

/// <summary>What values can be ordered by.</summary>
public static class CallMeasures
{
    private static readonly Dictionary<string, string> Expressions = new(StringComparer.OrdinalIgnoreCase)
    {
        ["count"] = "count(*)",
        ["errors"] = "count(*) FILTER (failed)",
        ["errorRatio"] = "avg(failed::INTEGER)",
        ["p50"] = "quantile_disc(duration_us, 0.5)",
        ["p90"] = "quantile_disc(duration_us, 0.9)",
        ["p95"] = "quantile_disc(duration_us, 0.95)",
        ["p99"] = "quantile_disc(duration_us, 0.99)",
        ["max"] = "max(duration_us)",
        ["duration"] = "sum(duration_us)",
        ["requestBytes"] = "sum(request_bytes)",
        ["responseBytes"] = "sum(response_bytes)",
        ["bytes"] = "sum(request_bytes) + sum(response_bytes)",
        ["inputTokens"] = "coalesce(sum(input_tokens), 0)",
        ["outputTokens"] = "coalesce(sum(output_tokens), 0)",
        ["cost"] = "coalesce(sum(cost), 0) + coalesce(sum(other_cost), 0)",
    };

    /// <summary>Legal words.</summary>
    public static IReadOnlyList<string> Words => [.. Expressions.Keys];

    internal static string Expression(string word) => Expressions.TryGetValue(word, out var sql) ? sql : throw new CallQueryException(
        "measure", $"There is no measure '{word}'.{Filter.Near.Hint(word, Words)}", $"Measures: {string.Join(", ", Words)}.");
}
