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
        var (good, bad) = (Words(indicator.Outcomes.Good), Words(indicator.Outcomes.Bad));
        var border = (long)indicator.Threshold;
        return indicator.Measure switch
        {
            GatewayMeasure.Availability => new(selected.And(CallFilter.Is("outcome", [.. good, .. bad])), selected.And(CallFilter.Is("outcome", bad))),
            GatewayMeasure.Latency => new(selected.And(CallFilter.Is("outcome", [.. good, .. bad, "timeout"])), selected.And(Slow("duration", border, [.. bad, "timeout"]))),
            GatewayMeasure.FirstToken => new(selected.And(CallFilter.Is("outcome", [.. good, .. bad, "timeout"])).And(CallFilter.Parse("provider != \"\"")), selected.And(Slow("firstToken", border, [.. bad, "timeout"]))),
            GatewayMeasure.InterToken => Two("interToken >= 0us", string.Create(CultureInfo.InvariantCulture, $"interToken > {border}us")),
            GatewayMeasure.Refusals => Two("provider != \"\"", "refused = true"),
            GatewayMeasure.SchemaValid => Two("schemaValid in (true, false)", "schemaValid = false"),
            GatewayMeasure.CacheHits => Two("cache in (hit, miss)", "cache = miss"),
            GatewayMeasure.Freshness => Two("ageSeconds >= 0", string.Create(CultureInfo.InvariantCulture, $"ageSeconds > {border}")),
            _ => null,
        };

        IndicatorCalls Two(string all, string bad) => new(selected.And(CallFilter.Parse(all)), selected.And(CallFilter.Parse(bad)));
    }

    private static CallFilter Slow(string field, long us, IReadOnlyList<string> bad) =>
        CallFilter.Parse(string.Create(CultureInfo.InvariantCulture, $"{field} > {us}us or outcome in ({string.Join(", ", bad.Distinct(StringComparer.Ordinal))})"));

    private static List<string> Words(IReadOnlyList<bool> outcomes) => [.. CallOutcomes.All.Where((_, i) => outcomes[i])];

    private static string Field(GatewaySelector dimension) => dimension == GatewaySelector.Model ? "service" : dimension.ToString().ToLowerInvariant();
}
