using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

/// <summary>The caller's deadline over retries, hedges and fallbacks together: semantics 1.1. The clock is the test's, so nobody is late but by it.</summary>
public sealed class SharedDeadlineTests
{
    private static readonly RetryConfig Retry = new() { MaxAttempts = 4, BackoffBase = TimeSpan.Zero };

    private readonly WatchedClock _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("7")]
    [InlineData("7s")]
    [InlineData("7000ms")]
    public async Task Semantics1_1_CallersDeadline_IsSharedByRetriesAndTheFallback(string wish)
    {
        await using var first = await TestUpstream.StartAsync(Silent);
        await using var second = await TestUpstream.StartAsync(Silent);
        await using var gateway = await StartAsync(
            r => r with { Retry = Retry with { MaxAttempts = 2 }, AttemptTimeout = TimeSpan.FromSeconds(4), Fallback = new FallbackConfig { Service = "other" } }, first, second);

        var answering = gateway.GetAsync("/", ("X-Request-Timeout", wish));
        await ReachedAsync(first);
        _time.Advance(TimeSpan.FromSeconds(4.1)); // the attempt has taken as long as one may
        await ReachedAsync(second); // the fallback
        _time.Advance(TimeSpan.FromSeconds(3));

        using var answer = await answering;
        Assert.Equal(504, (int)answer.StatusCode);
        Assert.Contains("\"policy\":\"deadline\"", await answer.Content.ReadAsStringAsync(Cancel), StringComparison.Ordinal);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((2, AttemptKind.Fallback, "the deadline passed"), (record.AttemptCount, record.Attempt(1).Kind, record.Attempt(1).Error));
        Assert.Equal(7_100_000, record.DurationUs, 1000.0);
    }

    [Fact]
    public async Task Semantics1_1_CallersDeadline_EndsAttemptAndHedgeAlike()
    {
        await using var first = await TestUpstream.StartAsync(Silent);
        await using var second = await TestUpstream.StartAsync(Silent);
        await using var gateway = await StartAsync(r => r with { Retry = Retry, Hedging = new HedgingConfig { Delay = TimeSpan.FromSeconds(2), MaxShare = 1 } }, [first, second]);

        var answering = gateway.GetAsync("/", ("X-Request-Timeout", "5"));
        while (first.Requests + second.Requests < 1) await Task.Delay(5, Cancel);
        await _time.IsWaitedForAsync(TimeSpan.FromSeconds(2)); // the hedge waits from when it began to
        _time.Advance(TimeSpan.FromSeconds(2));
        while (first.Requests + second.Requests < 2) await Task.Delay(5, Cancel);
        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(504, (int)(await answering).StatusCode);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Timeout, 2, CallOutcome.Timeout, CallOutcome.Timeout), (record.Outcome, record.AttemptCount, record.Attempt(0).Outcome, record.Attempt(1).Outcome));
        Assert.All(gateway.Status.Destinations, d => Assert.Equal(0, d.InFlight));
    }

    [Fact]
    public async Task Semantics1_1_AttemptBudget_HedgesCountInIt()
    {
        await using var first = await TestUpstream.StartAsync(Silent);
        await using var second = await TestUpstream.StartAsync(c => Fail(c));
        await using var gateway = await StartAsync(r => r with { Retry = Retry with { MaxAttempts = 2 }, AttemptTimeout = TimeSpan.FromSeconds(4), Hedging = new HedgingConfig { Delay = TimeSpan.FromSeconds(2), MaxShare = 1 } }, [first, second], "roundRobin");

        var answering = gateway.GetAsync("/");
        while (!answering.IsCompleted)
        {
            _time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.Delay(20, Cancel);
        }

        Assert.Equal(503, (int)(await answering).StatusCode);
        Assert.Equal((2, 1, 1), ((await gateway.Calls.NextAsync()).AttemptCount, first.Requests, second.Requests)); // both have failed, and there is no third
    }

    [Fact]
    public async Task Semantics1_1_GrpcTimeout_IsSharedByRetries()
    {
        await using var first = await TestUpstream.StartAsync(Silent, HttpProtocols.Http2);
        await using var second = await TestUpstream.StartAsync(Silent, HttpProtocols.Http2);
        await using var gateway = await StartAsync(r => r with { Retry = Retry, AttemptTimeout = TimeSpan.FromSeconds(4) }, [first, second]);
        await using var front = await Http2Front.StartAsync(gateway);
        using var client = gateway.NewClient(front.Address, HttpVersion.Version20);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/svc/Method") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent([]) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TryAddWithoutValidation("grpc-timeout", "7S");
        request.Headers.TryAddWithoutValidation("Idempotency-Key", "k");

        var answering = client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        while (first.Requests + second.Requests < 1) await Task.Delay(5, Cancel);
        _time.Advance(TimeSpan.FromSeconds(4.1));
        while (first.Requests + second.Requests < 2) await Task.Delay(5, Cancel);
        _time.Advance(TimeSpan.FromSeconds(3));

        Assert.Equal("4", (await answering).Headers.GetValues("grpc-status").Single()); // DEADLINE_EXCEEDED
        Assert.Equal((2, 2), ((await gateway.Calls.NextAsync()).AttemptCount, first.Requests + second.Requests));
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("0")]
    [InlineData("NaN")]
    [InlineData("5, 6")]
    public async Task Semantics1_1_CallersDeadline_Illegible_IsIgnored(string wish)
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(r => r, [upstream]);

        Assert.Equal(200, (int)(await gateway.GetAsync("/", ("X-Request-Timeout", wish))).StatusCode);
    }

    private static Task Silent(Microsoft.AspNetCore.Http.HttpContext context) =>
        Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);

    private static Task Fail(Microsoft.AspNetCore.Http.HttpContext context)
    {
        context.Response.StatusCode = 503;
        return Task.CompletedTask;
    }

    private static async Task ReachedAsync(TestUpstream upstream)
    {
        while (upstream.Requests == 0) await Task.Delay(5, Cancel);
    }

    private Task<TestGateway> StartAsync(Func<ResilienceConfig, ResilienceConfig> change, TestUpstream first, TestUpstream other) =>
        TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Config.Document(Service(change, [first]), Config.Service("other", other.Address), Config.Route("all", "svc")));

    private Task<TestGateway> StartAsync(Func<ResilienceConfig, ResilienceConfig> change, TestUpstream[] upstreams, string policy = "peakEwma") =>
        TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Config.Document(Service(change, upstreams, policy), Config.Route("all", "svc")));

    private static Resource<ServiceConfig> Service(Func<ResilienceConfig, ResilienceConfig> change, TestUpstream[] upstreams, string policy = "peakEwma") => Config.Service("svc", new ServiceConfig
    {
        Destinations = [.. upstreams.Select((u, i) => new DestinationConfig { Name = $"d{i}", Address = u.Address })],
        Balancing = new BalancingConfig { Policy = policy },
        Resilience = change(new ResilienceConfig { Breaker = null }),
        Health = new HealthConfig { Passive = new PassiveHealthConfig { ConsecutiveFailures = 0 } },
    });
}
