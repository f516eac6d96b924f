using System.Globalization;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Insight.CallLog;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>Says in the call log's words which calls an indicator counts, and which of them are bad. The log has no teams and regions, and not what some measures look at.</summary>
internal static class CallLogQuestion
{
    public static IndicatorCalls? Of(CallIndicator indicator, string? group)
    {
        var where = indicator.Where.ToList();
        if (group is not null) where.Add((indicator.GroupBy!.Value, [group]));
        if (where.Any(w => w.Dimension is GatewaySelector.Team or GatewaySelector.Region)) return null;
        var selected = where.Aggregate(CallFilter.All, (filter, w) => filter.And(CallFilter.Is(Field(w.Dimension), w.Values)));
        // Only calls that reached a provider have a model.
        if (where.Any(w => w.Dimension == GatewaySelector.Model)) selected = selected.And(CallFilter.Parse("provider != \"\""));
        var (good, bad) = (Words(indicator.Outcomes.Good), Words(indicator.Outcomes.Bad));
        var border = (long)indicator.Threshold;
        return indicator.Measure switch
        {
            GatewayMeasure.Availability => new(selected.And(CallFilter.Is("outcome", [.. good, .. bad])), selected.And(CallFilter.Is("outcome", bad))),
            GatewayMeasure.Latency => Timed(selected, good, [.. bad, "timeout"], "kind not in (sse, websocket) or firstByte >= 0us", $"(kind not in (sse, websocket) and duration > {border}us) or (kind in (sse, websocket) and firstByte > {border}us)"),
            GatewayMeasure.FirstToken => Timed(selected.And(CallFilter.Parse("provider != \"\"")), good, [.. bad, "timeout"], "firstToken >= 0us", $"firstToken > {border}us"),
            GatewayMeasure.InterToken => Measured(selected.And(CallFilter.Parse("interToken >= 0us")).And(CallFilter.Is("outcome", [.. good, .. bad, "timeout"])), [.. bad, "timeout"], $"interToken > {border}us"),
            GatewayMeasure.Refusals => Two($"provider != \"\" and (refused = true or {In(good)})", "provider != \"\" and refused = true"),
            GatewayMeasure.SchemaValid => Two("schemaValid in (true, false)", "schemaValid = false"),
            GatewayMeasure.CacheHits => Two("cache in (hit, miss)", "cache = miss"),
            GatewayMeasure.Freshness => Two("ageSeconds >= 0", string.Create(CultureInfo.InvariantCulture, $"ageSeconds > {border}")),
            _ => null,
        };

        IndicatorCalls Two(string all, string bad) => new(selected.And(CallFilter.Parse(all)), selected.And(CallFilter.Parse(bad)));
    }

    // What has no duration counts only when it failed.
    private static IndicatorCalls Timed(CallFilter selected, IReadOnlyList<string> good, IReadOnlyList<string> bad, string measured, FormattableString slow) =>
        Measured(selected.And(CallFilter.Is("outcome", [.. good, .. bad])).And(CallFilter.Parse($"{In(bad)} or {measured}")), bad, slow);

    private static IndicatorCalls Measured(CallFilter counts, IReadOnlyList<string> bad, FormattableString slow) => new(counts, counts.And(CallFilter.Parse($"{In(bad)} or {FormattableString.Invariant(slow)}")));

    private static string In(IReadOnlyList<string> outcomes) => outcomes.Count == 0 ? "attempts < 0" : $"outcome in ({string.Join(", ", outcomes.Distinct(StringComparer.Ordinal))})";

    private static List<string> Words(IReadOnlyList<bool> outcomes) => [.. CallOutcomes.All.Where((_, i) => outcomes[i])];

    /// <summary>The field of the call log that has the values of a dimension.</summary>
    public static string Field(GatewaySelector dimension) => dimension == GatewaySelector.Model ? "service" : dimension.ToString().ToLowerInvariant();
}
