using FsCheck;
using FsCheck.Fluent;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Insight.Indicators.Counting;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.Indicators.Counting;

public sealed class CallLogQuestionTests
{
    public static TheoryData<string, string?> Indicators => new()
    {
        { "availability", null }, { "latency", "250ms" }, { "latency", "1ms" }, { "first_token", "400us" }, { "inter_token", "25ms" }, { "refusals", null }, { "schema_valid", null },
        { "cache_hits", null }, { "freshness", "30s" },
    };

    // What the log is asked must be what the counters count, or a replay and an attribution would speak of other calls.
    [Theory, MemberData(nameof(Indicators))]
    public void Of_AnyCall_AsksTheLogForWhatTheCountersCount(string measure, string? threshold) => Check.One(Config.QuickThrowOnFailure.WithMaxTest(5_000), Prop.ForAll(SampleCalls.Any.ToArbitrary(), call =>
    {
        if (call.Shadow is not null) return true; // nobody's: never counted
        var indicator = CallIndicator.Of(new GatewayIndicatorConfig { Measure = Enum.GetValues<GatewayMeasure>().Single(m => m.Word() == measure), Threshold = threshold });
        var which = CallLogQuestion.Of(indicator, null)!;
        bool? logged = which.All.Matches(call) ? !which.Bad.Matches(call) : null;
        return logged == CallJudge.Judge(indicator, call);
    }));
}
