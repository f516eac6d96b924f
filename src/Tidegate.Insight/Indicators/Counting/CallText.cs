using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>What is good for an indicator, for people.</summary>
internal static class CallText
{
    public static string Of(CallIndicator indicator)
    {
        var threshold = indicator.Config.Threshold;
        var good = indicator.Measure switch
        {
            GatewayMeasure.Availability => "calls answered",
            GatewayMeasure.Latency => $"calls answered within {threshold}",
            GatewayMeasure.FirstToken => $"first tokens within {threshold}",
            GatewayMeasure.InterToken => $"answers with at most {threshold} between tokens",
            GatewayMeasure.TokensPerSecond => $"answers with at least {threshold} tokens a second",
            GatewayMeasure.Refusals => "answers that are no refusal",
            GatewayMeasure.SchemaValid => "answers that hold to their JSON schema",
            GatewayMeasure.Fallbacks => "answers of the first choice of model",
            GatewayMeasure.CostPerGoodAnswer => $"answers that cost at most {threshold}",
            GatewayMeasure.CacheHits => "calls answered from the cache",
            _ => $"answers not older than {threshold}",
        };
        return indicator.Where.Count == 0 ? good : $"{good}, {string.Join(", ", indicator.Where.Select(w => $"{w.Dimension.ToString().ToLowerInvariant()} {string.Join(" or ", w.Values)}"))}";
    }
}
