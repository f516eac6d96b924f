using Tidegate.Core.Calls;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Counting;

/// <summary>Good, bad, or of no account: what a call is for an indicator. On the path of every call: no allocation.</summary>
internal static class CallJudge
{
    /// <summary>True good, false bad, null of no account.</summary>
    public static bool? Judge(CallIndicator indicator, CallRecord record) => indicator.Measure switch
    {
        GatewayMeasure.Availability => Answered(indicator, record),
        GatewayMeasure.Latency => Within(indicator, record, LatencyUs(record)),
        GatewayMeasure.FirstToken => record.Use is null ? null : Within(indicator, record, record.Use.FirstTokenUs),
        GatewayMeasure.InterToken => record.Use is { InterTokenUs: >= 0 and var us } ? Within(indicator, record, us) : null,
        GatewayMeasure.TokensPerSecond => TokensPerSecond(record) is { } speed ? speed >= indicator.Threshold : null,
        GatewayMeasure.Refusals => record.Use is null ? null : (record.Facts & CallFacts.Refused) != CallFacts.None ? false : Answered(indicator, record) == true ? true : null,
        GatewayMeasure.SchemaValid => (record.Facts & CallFacts.SchemaChecked) == CallFacts.None ? null : (record.Facts & CallFacts.SchemaInvalid) == CallFacts.None,
        GatewayMeasure.Fallbacks => record.Use is null || Answered(indicator, record) != true ? null : !FellBack(record),
        GatewayMeasure.CostPerGoodAnswer => CostNanos(indicator, record) is { } cost ? cost <= indicator.Threshold : null,
        GatewayMeasure.CacheHits => (record.Facts & (CallFacts.CacheHit | CallFacts.CacheMiss)) == CallFacts.None ? null : (record.Facts & CallFacts.CacheHit) != CallFacts.None,
        _ => record.AgeSeconds < 0 ? null : record.AgeSeconds <= indicator.Threshold,
    };

    /// <summary>The duration an indicator of time looks at, in microseconds; negative when there is none.</summary>
    public static long Duration(CallIndicator indicator, CallRecord record) => indicator.Measure switch
    {
        GatewayMeasure.Latency => record.Outcome is CallOutcome.Ok or CallOutcome.ClientError ? LatencyUs(record) : -1,
        GatewayMeasure.FirstToken => record.Use?.FirstTokenUs ?? -1,
        GatewayMeasure.InterToken => record.Use?.InterTokenUs ?? -1,
        _ => -1,
    };

    private static bool? Answered(CallIndicator indicator, CallRecord record) =>
        indicator.Outcomes.Good[(int)record.Outcome] ? true : indicator.Outcomes.Bad[(int)record.Outcome] ? false : null;

    // A call that was not answered is the business of availability, but one that ran out of time was slow.
    private static bool? Within(CallIndicator indicator, CallRecord record, long us)
    {
        if (indicator.Outcomes.Bad[(int)record.Outcome] || record.Outcome == CallOutcome.Timeout) return false;
        return indicator.Outcomes.Good[(int)record.Outcome] && us >= 0 ? us <= indicator.Threshold : null;
    }

    // Streams and tunnels last as long as somebody likes: what users wait for is their beginning.
    private static long LatencyUs(CallRecord record) => record.Kind is "sse" or "websocket" ? record.FirstByteUs : record.DurationUs;

    private static double? TokensPerSecond(CallRecord record)
    {
        if (record.Use is not { OutputTokens: > 1 and var tokens } use || record.Outcome != CallOutcome.Ok) return null;
        var us = record.DurationUs - Math.Max(0, use.FirstTokenUs);
        return us <= 0 ? null : tokens * 1e6 / us;
    }

    private static bool FellBack(CallRecord record)
    {
        for (var i = 0; i < record.AttemptCount; i++)
            if (record.Attempt(i).Kind == AttemptKind.Fallback) return true;
        return false;
    }

    private static double? CostNanos(CallIndicator indicator, CallRecord record)
    {
        if (record.Use is null || record.Outcome != CallOutcome.Ok) return null;
        var sum = 0m;
        for (var i = 0; i < record.AttemptCount; i++)
        {
            if (record.Attempt(i).Use is not { } use) continue;
            if (use.Cost is not { } cost || use.Currency != indicator.Currency) return null;
            sum += cost;
        }

        return (double)(sum * 1_000_000_000m);
    }
}
