using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>A second attempt beside a slow first one: semantics 2.12. The clock is the test's; a first token takes as long as the upstream advances it.</summary>
public sealed class HedgingTests
{
    private static readonly TimeSpan Usual = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(500); // the p95 of what is usual, however coarsely it is known
    private const int WarmUp = 25; // twenty must be known, and are looked at once a second
    private readonly WatchedClock _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AskStream)]
    [InlineData(Ask)]
    public async Task Semantics2_12_AfterTheP95_AnotherTargetIsAsked_TheLoserIsCancelledAndPaidFor(string request)
    {
        await using var first = await ChatUpstream.StartAsync([.. Enumerable.Repeat(After(Usual), WarmUp), Streams(Role, Ping, Silence)]);
        await using var second = await ChatUpstream.StartAsync(Says("faster"));
        await using var gateway = await StartAsync(first, second, maxShare: 0.05);
        await WarmUpAsync(gateway, request);
        Assert.Equal((WarmUp, 0), (first.Calls, second.Calls));

        var slow = gateway.AskAsync(request);
        await WaitsAsync(first);
        _time.Advance(Usual - TimeSpan.FromMilliseconds(1));
        await Task.Delay(50, Cancel);
        Assert.Equal(0, second.Calls); // not before the p95
        _time.Advance(Soon - Usual);

        var (status, body) = await slow;
        Assert.True(status == 200 && body.Contains("faster", StringComparison.Ordinal), body);
        Assert.Equal((WarmUp + 1, 1), (first.Calls, second.Calls));
        await first.Left.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var record = (await gateway.Calls.WaitForAsync(WarmUp + 1))[^1];
        Assert.Equal((CallOutcome.Ok, 2, "p2/m-p2"), (record.Outcome, record.AttemptCount, record.Destination));
        Assert.Equal((AttemptKind.First, CallOutcome.ClientCancelled, "another attempt was faster"), (record.Attempt(0).Kind, record.Attempt(0).Outcome, record.Attempt(0).Error));
        Assert.Equal((AttemptKind.Hedge, CallOutcome.Ok), (record.Attempt(1).Kind, record.Attempt(1).Outcome));
        Assert.True(record.Attempt(0).Use is { InputTokens: > 0, Estimated: true } && record.Attempt(1).Use is { InputTokens: 7, OutputTokens: 3 }, "both are on the bill");
    }

    [Fact]
    public async Task Semantics2_12_TheFirstAnswersAfterAll_TheSecondIsTheLoser()
    {
        await using var first = await ChatUpstream.StartAsync([.. Enumerable.Repeat(After(Usual), WarmUp), Streams(Role, Gate, Content("late"), Stop, Done)]);
        await using var second = await ChatUpstream.StartAsync(Streams(Role, Silence));
        await using var gateway = await StartAsync(first, second, maxShare: 0.05);
        await WarmUpAsync(gateway, AskStream);

        var slow = gateway.AskAsync(AskStream);
        await WaitsAsync(first);
        _time.Advance(Soon);
        await ReachedAsync(second, 1);
        first.Seen.SetResult();

        Assert.Equal(Role + Content("late") + Stop + Done, (await slow).Body);
        await second.Left.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var record = (await gateway.Calls.WaitForAsync(WarmUp + 1))[^1];
        Assert.Equal(("p1/m-p1", 2), (record.Destination, record.AttemptCount));
    }

    [Fact]
    public async Task Semantics2_12_BothFail_TheCallGoesOnAsEver()
    {
        await using var first = await ChatUpstream.StartAsync([.. Enumerable.Repeat(After(Usual), WarmUp), GateThenFail()]);
        await using var second = await ChatUpstream.StartAsync(Fails(500));
        await using var third = await ChatUpstream.StartAsync(Says("third"));
        await using var gateway = await StartAsync([first, second, third], maxShare: 0.05);
        await WarmUpAsync(gateway, AskStream);

        var slow = gateway.AskAsync(AskStream);
        await WaitsAsync(first);
        _time.Advance(Soon);
        await ReachedAsync(second, 1);
        first.Seen.SetResult();

        Assert.Contains("third", (await slow).Body, StringComparison.Ordinal);
        Assert.Equal((WarmUp + 1, 1, 1), (first.Calls, second.Calls, third.Calls));
        Assert.Equal(3, (await gateway.Calls.WaitForAsync(WarmUp + 1))[^1].AttemptCount);
    }

    [Fact]
    public async Task Semantics2_12_BothFail_AndNobodyIsLeft_TheCallerGetsTheError_AndBothAreRecorded()
    {
        await using var first = await ChatUpstream.StartAsync([.. Enumerable.Repeat(After(Usual), WarmUp), GateThenFail()]);
        await using var second = await ChatUpstream.StartAsync(Fails(500));
        await using var gateway = await StartAsync([first, second], maxShare: 0.05, m => m with { MaxAttempts = 2 });
        await WarmUpAsync(gateway, AskStream);

        var slow = gateway.AskAsync(AskStream);
        await WaitsAsync(first);
        _time.Advance(Soon);
        await ReachedAsync(second, 1);
        first.Seen.SetResult();

        var (status, body) = await slow;
        Assert.Equal(500, status);
        Assert.Contains("it went wrong", body, StringComparison.Ordinal);
        var record = (await gateway.Calls.WaitForAsync(WarmUp + 1))[^1];
        Assert.Equal((CallOutcome.UpstreamError, 2), (record.Outcome, record.AttemptCount)); // the hedge was the second of two
        Assert.Equal([AttemptKind.Hedge, AttemptKind.First], new[] { record.Attempt(0).Kind, record.Attempt(1).Kind }.OrderByDescending(k => k == AttemptKind.Hedge));
        Assert.All(gateway.Status.Destinations, d => Assert.Equal(0, d.InFlight));
    }

    [Fact]
    public async Task Semantics1_1_CallersDeadline_EndsAttemptAndHedgeAlike()
    {
        await using var first = await ChatUpstream.StartAsync([.. Enumerable.Repeat(After(Usual), WarmUp), Streams(Silence)]);
        await using var second = await ChatUpstream.StartAsync(Streams(Silence));
        await using var gateway = await StartAsync(first, second, maxShare: 0.05);
        await WarmUpAsync(gateway, AskStream);

        var slow = gateway.PostAsync(AskStream, headers: ("X-Request-Timeout", "20"));
        await WaitsAsync(first);
        _time.Advance(Soon);
        await ReachedAsync(second, 1);
        _time.Advance(TimeSpan.FromSeconds(20));

        Assert.Equal(504, (int)(await slow).StatusCode);
        var record = (await gateway.Calls.WaitForAsync(WarmUp + 1))[^1];
        Assert.Equal((CallOutcome.Timeout, 2), (record.Outcome, record.AttemptCount));
        Assert.All(Enumerable.Range(0, 2), i => Assert.Equal("the deadline passed", record.Attempt(i).Error));
        await second.Left.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
    }

    [Fact]
    public async Task Semantics2_12_AboveTheShare_NoneAreMade()
    {
        await using var first = await ChatUpstream.StartAsync([.. Enumerable.Repeat(After(Usual), WarmUp), Streams(Role, Silence)]);
        await using var second = await ChatUpstream.StartAsync(Says("second"));
        await using var gateway = await StartAsync(first, second, new ModelHedgingConfig().MaxShare); // a twentieth, unless the document says otherwise
        await WarmUpAsync(gateway, AskStream);

        for (var i = 0; i < 2; i++)
        {
            var slow = gateway.AskAsync(AskStream);
            await ReachedAsync(first, WarmUp + 1 + i);
            if (i == 0) await _time.IsWaitedForAsync(Soon);
            _time.Advance(i == 0 ? Soon : TimeSpan.FromSeconds(61));
            await slow;
        }

        // 26 calls allow one; of 27 calls two would be too many: there the deadline for the first token decides.
        var records = await gateway.Calls.WaitForAsync(WarmUp + 2);
        Assert.Equal((AttemptKind.Hedge, AttemptKind.Retry), (records[^2].Attempt(1).Kind, records[^1].Attempt(1).Kind));
        Assert.Equal("no token in time", records[^1].Attempt(0).Error);
    }

    [Fact]
    public async Task Semantics1_2_WithoutRoomInTheRetryBudget_NoneAreMade_AndTheirPlaceIsFree()
    {
        await using var first = await ChatUpstream.StartAsync([.. Enumerable.Repeat(After(Usual), WarmUp), Streams(Role, Gate, Content("late"), Stop, Done), Fails(429, null, ("Retry-After", "60"))]);
        await using var second = await ChatUpstream.StartAsync(Says("second"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(
            m => m with { Hedging = new ModelHedgingConfig(), Retry = new ModelRetryConfig { BudgetRatio = 0, BudgetMinimumPerSecond = 0 }, MaxAttempts = 4, Targets = [m.Targets[0], m.Targets[1] with { MaxConcurrent = 1 }] },
            first, second));
        await WarmUpAsync(gateway, AskStream);
        using var refused = new MetricTally(gateway.Get<System.Diagnostics.Metrics.Meter>(), CallMetricNames.RetriesRefused);

        var slow = gateway.AskAsync(AskStream);
        await WaitsAsync(first);
        _time.Advance(Soon);
        await refused.WaitForAsync(1);
        first.Seen.SetResult();

        Assert.Contains("late", (await slow).Body, StringComparison.Ordinal);
        Assert.Equal(0, second.Calls);
        var record = (await gateway.Calls.WaitForAsync(WarmUp + 1))[^1];
        Assert.Equal((1, "no hedge: budget of fast"), (record.AttemptCount, record.Why));
        Assert.Equal(429, (await gateway.AskAsync(AskStream)).Status); // it asks to be left alone from now on
        Assert.Contains("second", (await gateway.AskAsync(AskStream)).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics2_12_TooLittleKnown_NoneAreMade()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Silence));
        await using var second = await ChatUpstream.StartAsync(Says("second"));
        await using var gateway = await StartAsync(first, second, maxShare: 1);

        var slow = gateway.AskAsync(AskStream);
        await ReachedAsync(first, 1);
        _time.Advance(TimeSpan.FromSeconds(61));
        await slow;

        Assert.Equal(AttemptKind.Retry, (await gateway.Calls.WaitForAsync(1))[0].Attempt(1).Kind);
    }

    private Func<HttpContext, Task> After(TimeSpan wait) => context =>
    {
        _time.Advance(wait);
        return Says("usual")(context);
    };

    private static Func<HttpContext, Task> GateThenFail() => async context =>
    {
        await ((ChatUpstream)context.Items["upstream"]!).Seen.Task.WaitAsync(context.RequestAborted);
        await Fails(500)(context);
    };

    private Task<TestGateway> StartAsync(ChatUpstream first, ChatUpstream second, double maxShare) => StartAsync([first, second], maxShare);

    private Task<TestGateway> StartAsync(ChatUpstream[] upstreams, double maxShare, Func<ModelConfig, ModelConfig>? change = null) => TestGateway.StartAsync(
        new TestGateway.Setup { Time = _time }, Document(m => (change?.Invoke(m) ?? m) with { Hedging = new ModelHedgingConfig { MaxShare = maxShare } }, upstreams));

    private static async Task WarmUpAsync(TestGateway gateway, string request)
    {
        for (var i = 0; i < WarmUp; i++) Assert.Equal(200, (await gateway.AskAsync(request)).Status);
    }

    private static async Task ReachedAsync(ChatUpstream upstream, int calls)
    {
        while (upstream.Calls < calls) await Task.Delay(5, Cancel);
    }

    // The call waits for the moment of its hedge, which is the first there is.
    private async Task WaitsAsync(ChatUpstream upstream)
    {
        await ReachedAsync(upstream, WarmUp + 1);
        await _time.IsWaitedForAsync(Soon);
    }
}
