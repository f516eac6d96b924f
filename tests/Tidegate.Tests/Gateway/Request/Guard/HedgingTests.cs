using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

/// <summary>Hedging by the service's own p95: the clock is the test's, and an answer takes as long as its handler advances it.</summary>
public sealed class HedgingTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hedging_NoDelayGiven_WaitsForTheObservedP95_TheLoserIsCancelledAndRecorded()
    {
        await using var upstream = await TestUpstream.StartAsync(AnswerAfter(TimeSpan.FromMilliseconds(40)));
        await using var gateway = await StartAsync(upstream, maxShare: 0.5);
        await WarmUpAsync(gateway);
        var (slow, cancelled) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        upstream.Handler = async c =>
        {
            if (Interlocked.Increment(ref slow) > 1) return;
            await Task.Delay(Timeout.Infinite, c.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.TrySetResult();
        };

        var call = gateway.GetAsync("/");
        while (Volatile.Read(ref slow) == 0) await Task.Delay(5, Cancel);
        _time.Advance(TimeSpan.FromMilliseconds(39));
        await Task.Delay(50, Cancel);
        Assert.Equal(1, Volatile.Read(ref slow)); // not before the p95
        while (!call.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Delay(5, Cancel);
        }

        Assert.Equal((200, 2), ((int)(await call).StatusCode, slow));
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var record = (await gateway.Calls.WaitForAsync(26))[^1];
        Assert.Equal((CallOutcome.Ok, 2), (record.Outcome, record.AttemptCount));
        Assert.Equal((AttemptKind.First, CallOutcome.ClientCancelled, "another attempt was faster"), (record.Attempt(0).Kind, record.Attempt(0).Outcome, record.Attempt(0).Error));
        Assert.Equal((AttemptKind.Hedge, CallOutcome.Ok), (record.Attempt(1).Kind, record.Attempt(1).Outcome));
        Assert.InRange(record.Attempt(1).StartUs - record.Attempt(0).StartUs, 40_000, 10_000_000);
        Assert.All(gateway.Status.Destinations, d => Assert.Equal(("closed", 0), (d.Breaker, d.InFlight)));
    }

    [Theory]
    [InlineData("POST", false)]
    [InlineData("PATCH", false)]
    [InlineData("PUT", true)] // a body is sent once
    public async Task Hedging_CallsThatCannotBeSentTwice_AreNot(string method, bool body)
    {
        await using var upstream = await TestUpstream.StartAsync(AnswerAfter(TimeSpan.FromMilliseconds(40)));
        await using var gateway = await StartAsync(upstream, maxShare: 1);
        await WarmUpAsync(gateway);
        upstream.Handler = AnswerAfter(TimeSpan.FromSeconds(3));
        using var content = body ? new ByteArrayContent([1]) : null;

        using var response = await gateway.SendAsync(new HttpMethod(method), "/", content: content);

        Assert.Equal((200, 26), ((int)response.StatusCode, upstream.Requests));
    }

    [Theory]
    [InlineData(0.05)]
    [InlineData(0.2)]
    public async Task Hedging_EveryAnswerSlow_NoMoreThanTheShareOfCallsIsHedged(double share)
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream, share, TimeSpan.FromMilliseconds(1));
        upstream.Handler = c => Task.Delay(10, c.RequestAborted);
        using var clock = _time.CreateTimer(_ => { }, null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        for (var i = 0; i < 100; i++)
        {
            var call = gateway.GetAsync("/");
            while (!call.IsCompleted)
            {
                _time.Advance(TimeSpan.FromMilliseconds(1));
                await Task.Delay(1, Cancel);
            }

            Assert.Equal(200, (int)(await call).StatusCode);
        }

        var records = await gateway.Calls.WaitForAsync(100);
        var hedged = records.Count(r => r.AttemptCount > 1);
        Assert.InRange(hedged, 1, (int)(share * 100));
        Assert.Equal(100 + hedged, records.Sum(r => r.AttemptCount));
    }

    // As many answers as a percentile needs, and the second after which it is computed again.
    private async Task WarmUpAsync(TestGateway gateway)
    {
        for (var i = 0; i < 25; i++) Assert.Equal(200, (int)(await gateway.GetAsync("/")).StatusCode);
        await gateway.Calls.WaitForAsync(25);
        _time.Advance(TimeSpan.FromSeconds(2));
    }

    private RequestDelegate AnswerAfter(TimeSpan latency) => _ =>
    {
        _time.Advance(latency);
        return Task.CompletedTask;
    };

    private Task<TestGateway> StartAsync(TestUpstream upstream, double maxShare, TimeSpan delay = default) => TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(upstream.Address, maxShare, delay));

    private static ConfigDocument Document(Uri address, double maxShare, TimeSpan delay) => Config.Document(Config.Service("svc", new ServiceConfig
    {
        Destinations = [new DestinationConfig { Name = "a", Address = address }, new DestinationConfig { Name = "b", Address = new Uri(address, "/b") }],
        Balancing = new BalancingConfig { Policy = "roundRobin" },
        Resilience = new ResilienceConfig
        {
            Deadline = TimeSpan.FromMinutes(10), IdleTimeout = TimeSpan.FromMinutes(10), Retry = new RetryConfig { MaxAttempts = 2, BudgetRatio = 1 }, Hedging = new HedgingConfig { Delay = delay, MaxShare = maxShare },
        },
        Health = new HealthConfig { Passive = new PassiveHealthConfig { ConsecutiveFailures = 0 } },
    }), Config.Route("all", "svc"));
}
