using Tidegate.Core.Calls;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Insight.Indicators.Counting;

namespace Tidegate.Tests.Insight.Indicators.Counting;

/// <summary>What a call is for an indicator: true good, false bad, null of no account.</summary>
public sealed class CallJudgeTests
{
    private static readonly ModelUse Use = new("openai", "gpt") { OutputTokens = 50 };

    // What ran out of time did not come in time; whatever else failed is the business of availability.
    [Theory]
    [InlineData("availability", null, CallOutcome.Timeout, false)]
    [InlineData("latency", "1s", CallOutcome.Timeout, false)]
    [InlineData("first_token", "1s", CallOutcome.Timeout, false)]
    [InlineData("inter_token", "1s", CallOutcome.Timeout, false)]
    [InlineData("tokens_per_second", "1", CallOutcome.Timeout, null)]
    [InlineData("refusals", null, CallOutcome.Timeout, null)]
    [InlineData("fallbacks", null, CallOutcome.Timeout, null)]
    [InlineData("cost_per_good_answer", "1 USD", CallOutcome.Timeout, null)]
    [InlineData("availability", null, CallOutcome.UpstreamError, false)]
    [InlineData("latency", "1s", CallOutcome.UpstreamError, null)]
    [InlineData("first_token", "1s", CallOutcome.UpstreamError, null)]
    [InlineData("inter_token", "1s", CallOutcome.UpstreamError, null)]
    public void Judge_CallThatFailed_CountsAsThePageSays(string measure, string? threshold, CallOutcome outcome, bool? expected)
    {
        var call = Model(Use with { FirstTokenUs = 100_000, InterTokenUs = 10_000, Cost = 0.001m });
        call.Outcome = outcome;

        Assert.Equal(expected, CallJudge.Judge(Of(measure, threshold), call));
    }

    [Fact]
    public void Judge_StreamThatRanOutOfTimeBeforeItsSecondToken_HasNoTimeBetweenTokens()
    {
        var call = Model(Use with { FirstTokenUs = 100_000 });
        call.Outcome = CallOutcome.Timeout;

        Assert.Null(CallJudge.Judge(Of("inter_token", "1s"), call));
    }

    // Streams and tunnels last as long as somebody likes: what users wait for is their beginning.
    [Theory]
    [InlineData("http", false)]
    [InlineData("grpc", false)]
    [InlineData("model", false)]
    [InlineData("sse", true)]
    [InlineData("websocket", true)]
    public void Judge_LatencyOfStreams_IsTheirFirstByte(string kind, bool expected)
    {
        var call = new CallRecord { Kind = kind, Outcome = CallOutcome.Ok, FirstByteUs = 200_000, DurationUs = 60_000_000 };

        Assert.Equal(expected, CallJudge.Judge(Of("latency", "300ms"), call));
        call.FirstByteUs = 400_000;
        Assert.False(CallJudge.Judge(Of("latency", "300ms"), call));
    }

    [Theory]
    [InlineData(100, 4_100_000, true)] // 100 tokens in the 4 s after the first
    [InlineData(99, 4_100_000, false)]
    [InlineData(1, 4_100_000, null)] // one token has no speed
    [InlineData(100, 100_000, null)] // all at once: none, either
    public void Judge_TokensPerSecond_AreThoseAfterTheFirst(long tokens, long durationUs, bool? expected)
    {
        var call = Model(Use with { OutputTokens = tokens, FirstTokenUs = 100_000 });
        call.DurationUs = durationUs;

        Assert.Equal(expected, CallJudge.Judge(Of("tokens_per_second", "25"), call));
    }

    [Fact]
    public void Judge_Fallbacks_CountAnswersThatTheFirstChoiceDidNotGive()
    {
        var fallbacks = Of("fallbacks", null);
        var call = Model(Use);
        Assert.True(CallJudge.Judge(fallbacks, call));
        call.AddAttempt(Attempt(AttemptKind.Retry, null));
        Assert.True(CallJudge.Judge(fallbacks, call)); // the same choice, asked again
        call.AddAttempt(Attempt(AttemptKind.Fallback, null));
        Assert.False(CallJudge.Judge(fallbacks, call));
        call.Outcome = CallOutcome.UpstreamError;
        Assert.Null(CallJudge.Judge(fallbacks, call));
        Assert.Null(CallJudge.Judge(fallbacks, new CallRecord { Outcome = CallOutcome.Ok }));
    }

    [Fact]
    public void Judge_CostPerGoodAnswer_IsWhatAllAttemptsOfItCost()
    {
        var border = Of("cost_per_good_answer", "0.02 USD");
        var call = Model(Use with { Cost = 0.012m });
        Assert.True(CallJudge.Judge(border, call));
        call.AddAttempt(Attempt(AttemptKind.Retry, Use with { Cost = 0.008m }));
        Assert.True(CallJudge.Judge(border, call)); // 0.02 exactly
        call.AddAttempt(Attempt(AttemptKind.Fallback, Use with { Cost = 0.000_000_001m }));
        Assert.False(CallJudge.Judge(border, call));
        call.Outcome = CallOutcome.UpstreamError;
        Assert.Null(CallJudge.Judge(border, call)); // no good answer

        Assert.Null(CallJudge.Judge(border, Model(Use with { Cost = 0.01m, Currency = "EUR" })));
        Assert.Null(CallJudge.Judge(border, Model(Use)));
        Assert.Null(CallJudge.Judge(border, new CallRecord { Outcome = CallOutcome.Ok }));
    }

    private static CallIndicator Of(string measure, string? threshold) =>
        CallIndicator.Of(new GatewayIndicatorConfig { Measure = Enum.GetValues<GatewayMeasure>().Single(m => m.Word() == measure), Threshold = threshold });

    private static CallRecord Model(ModelUse use)
    {
        var call = new CallRecord { Kind = "model", Outcome = CallOutcome.Ok, DurationUs = 1_000_000, Use = use };
        call.AddAttempt(Attempt(AttemptKind.First, use));
        return call;
    }

    private static AttemptRecord Attempt(AttemptKind kind, ModelUse? use) => new("", 0, 1_000, 200, CallOutcome.Ok, kind, "") { Use = use };
}
