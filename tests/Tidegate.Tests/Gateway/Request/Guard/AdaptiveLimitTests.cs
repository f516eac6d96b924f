using FsCheck.Xunit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

public sealed class AdaptiveLimitTests
{
    private readonly FakeTimeProvider _time = new();

    [Property(MaxTest = 200)]
    public bool Limit_WhateverHappens_StaysBetweenMinimumAndMaximumAndNothingIsLost(bool gradient, byte minimum, byte span, byte initial, (byte Latency, bool Failed, byte Enter, byte Leave)[] steps)
    {
        var config = new AdaptiveConcurrencyConfig
        {
            Algorithm = gradient ? AdaptiveAlgorithm.Gradient : AdaptiveAlgorithm.Aimd, Minimum = 1 + minimum, Maximum = 1 + minimum + span, Initial = 1 + initial,
        };
        var limit = new AdaptiveLimit(_time);
        var inside = 0;
        foreach (var (latency, failed, enter, leave) in steps)
        {
            for (var i = 0; i < enter; i++)
                if (limit.TryEnter(config, (PriorityClass)(i % 4))) inside++;
            if (limit.InFlight != inside || inside > config.Maximum || (limit.Limit != 0 && (limit.Limit < config.Minimum || limit.Limit > config.Maximum))) return false;
            for (var i = 0; i < 12; i++)
            {
                _time.Advance(TimeSpan.FromMilliseconds(20));
                limit.Observe(config, _time.GetTimestamp(), latency == 0 ? -1 : Ticks.Of(_time, TimeSpan.FromMilliseconds(latency)), failed);
            }

            if (limit.Limit < config.Minimum || limit.Limit > config.Maximum) return false;
            for (var i = 0; i < leave && inside > 0; i++, inside--) limit.Release();
        }

        return limit.InFlight == inside;
    }

    [Fact]
    public void Limit_NarrowedByANewDocument_HoldsAtOnce()
    {
        var limit = new AdaptiveLimit(_time);
        Assert.True(limit.TryEnter(new AdaptiveConcurrencyConfig { Initial = 50 }, PriorityClass.High));
        Assert.Equal(5, Fill(limit, new AdaptiveConcurrencyConfig { Maximum = 5 }, PriorityClass.High) + 1);
        Assert.Equal(15, Fill(limit, new AdaptiveConcurrencyConfig { Minimum = 20, Maximum = 20 }, PriorityClass.High));
    }

    [Theory]
    [InlineData(AdaptiveAlgorithm.Gradient)]
    [InlineData(AdaptiveAlgorithm.Aimd)]
    public void Limit_FallsWhenTheServiceSlowsOrFails_AndRecovers(AdaptiveAlgorithm algorithm)
    {
        var config = new AdaptiveConcurrencyConfig { Algorithm = algorithm, Minimum = 4, Maximum = 200, Initial = 20 };
        var limit = new AdaptiveLimit(_time);
        for (var i = 0; i < 50; i++) Window(limit, config, latency: 10, failed: false);
        var well = limit.Limit;
        Assert.InRange(well, 40, 200); // it was used and all was well: it has grown

        for (var i = 0; i < 20; i++) Window(limit, config, latency: 200, failed: algorithm == AdaptiveAlgorithm.Aimd);
        var ill = limit.Limit;
        Assert.InRange(ill, 4, well / 2);

        for (var i = 0; i < 120; i++) Window(limit, config, latency: 10, failed: false);
        Assert.InRange(limit.Limit, Math.Min(well, 2 * ill), 200);
        Assert.Equal(0, limit.InFlight);
    }

    [Theory]
    [InlineData(AdaptiveAlgorithm.Gradient)]
    [InlineData(AdaptiveAlgorithm.Aimd)]
    public void Limit_NotUsed_DoesNotGrow(AdaptiveAlgorithm algorithm)
    {
        var config = new AdaptiveConcurrencyConfig { Algorithm = algorithm };
        var limit = new AdaptiveLimit(_time);
        for (var i = 0; i < 50; i++) Window(limit, config, latency: 10, failed: false, demand: 2);
        Assert.Equal(20, limit.Limit);
    }

    [Property(MaxTest = 100)]
    public bool Shedding_LeastImportantFirst(byte initial, PriorityClass[] calls)
    {
        var config = new AdaptiveConcurrencyConfig { Minimum = 1, Initial = 1 + (initial % 40), Maximum = 60 };
        var limit = new AdaptiveLimit(_time);
        foreach (var priority in calls)
        {
            var entered = limit.TryEnter(config, priority);
            // Whoever is more important than one that was let in would have been let in; and the other way round.
            foreach (var other in Enum.GetValues<PriorityClass>())
            {
                var would = limit.TryEnter(config, other);
                if (would) limit.Release();
                if (!entered && would && other < priority) return false;
            }
        }

        return limit.InFlight <= config.Maximum;
    }

    [Fact]
    public void Shedding_SharesOfTheLimit_CriticalStopsAtTheMaximumOnly()
    {
        var config = new AdaptiveConcurrencyConfig { Initial = 20, Maximum = 30 };
        var limit = new AdaptiveLimit(_time);
        Assert.Equal(14, Fill(limit, config, PriorityClass.Low));
        Assert.Equal(4, Fill(limit, config, PriorityClass.Normal));
        Assert.Equal(2, Fill(limit, config, PriorityClass.High));
        Assert.Equal(10, Fill(limit, config, PriorityClass.Critical));
    }

    [Fact]
    public async Task Shed_Call_Is503WithRetryAfterAndRecordedAndLowGoesFirst()
    {
        using var go = new SemaphoreSlim(0);
        await using var upstream = await TestUpstream.StartAsync(c => go.WaitAsync(c.RequestAborted));
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Config.Service("svc", new ServiceConfig
            {
                Destinations = [new DestinationConfig { Name = "d", Address = upstream.Address }],
                Resilience = new ResilienceConfig { AdaptiveConcurrency = new AdaptiveConcurrencyConfig { Minimum = 1, Initial = 2, Maximum = 3 }, Retry = new RetryConfig { MaxAttempts = 1 } },
            }),
            Config.Route("low", "svc", r => r with { Match = new MatchConfig { Path = "/low" }, Priority = PriorityClass.Low }),
            Config.Route("high", "svc", r => r with { Match = new MatchConfig { Path = "/high" }, Priority = PriorityClass.High }),
            Config.Route("keyed", "svc", r => r with { Match = new MatchConfig { Path = "/keyed" }, Priority = PriorityClass.Low, Identify = new IdentifyConfig() }),
            Config.Consumer("vip", new ConsumerConfig { Priority = PriorityClass.Critical })), Config.Key("k", "vip", "secret"));
        using var shed = new MetricTally(gateway.Get<System.Diagnostics.Metrics.Meter>(), CallMetricNames.Shed);
        var state = gateway.Get<RunningServices>().Current[0].State;

        var first = gateway.GetAsync("/low");
        while (state.Adaptive.InFlight < 1) await Task.Delay(5, TestContext.Current.CancellationToken);
        using var low = await gateway.GetAsync("/low"); // of two places one is for low calls
        var second = gateway.GetAsync("/high");
        while (state.Adaptive.InFlight < 2) await Task.Delay(5, TestContext.Current.CancellationToken);
        using var high = await gateway.GetAsync("/high");
        var third = gateway.GetAsync("/keyed", ("X-Api-Key", "secret")); // the consumer's class, not the route's
        while (state.Adaptive.InFlight < 3) await Task.Delay(5, TestContext.Current.CancellationToken);
        using var vip = await gateway.GetAsync("/keyed", ("X-Api-Key", "secret"));
        go.Release(3);

        foreach (var response in new[] { low, high, vip }) Assert.Equal((503, "1"), ((int)response.StatusCode, response.Headers.GetValues("Retry-After").Single()));
        foreach (var response in new[] { first, second, third }) Assert.Equal(200, (int)(await response).StatusCode);
        var records = await gateway.Calls.WaitForAsync(6);
        Assert.Equal(["low", "high", "keyed"], records.Where(r => r.Outcome == CallOutcome.Shed).Select(r => r.Route));
        Assert.All(records.Where(r => r.Outcome == CallOutcome.Shed), r => Assert.Equal((503, 0, "adaptive: overloaded"), (r.Status, r.AttemptCount, r.Why)));
        Assert.Equal(3, shed.Total);
        Assert.Equal(1, shed.ByTags["service=svc,priority=low,reason=adaptive"]);
        Assert.Equal(0, state.Adaptive.InFlight);
    }

    private static int Fill(AdaptiveLimit limit, AdaptiveConcurrencyConfig config, PriorityClass priority)
    {
        var entered = 0;
        while (limit.TryEnter(config, priority)) entered++;
        return entered;
    }

    // A window of answers while there are more callers than places, or only a few.
    private void Window(AdaptiveLimit limit, AdaptiveConcurrencyConfig config, int latency, bool failed, int demand = int.MaxValue)
    {
        var entered = 0;
        while (entered < demand && limit.TryEnter(config, PriorityClass.High)) entered++;
        for (var i = 0; i < 12; i++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(10));
            limit.Observe(config, _time.GetTimestamp(), Ticks.Of(_time, TimeSpan.FromMilliseconds(latency)), failed);
        }

        for (; entered > 0; entered--) limit.Release();
    }
}
