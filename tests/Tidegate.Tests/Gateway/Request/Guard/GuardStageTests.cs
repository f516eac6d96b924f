using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

/// <summary>Semantics §1 end to end: real gateway, real sockets.</summary>
public sealed class GuardStageTests
{
    private static readonly RetryConfig Quick = new() { MaxAttempts = 3, BackoffBase = TimeSpan.FromMilliseconds(1) };

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Semantics1_2_IdempotentCall_IsRetriedElsewhereAndAllAttemptsAreRecorded()
    {
        await using var bad = await TestUpstream.StartAsync(c => Status(c, 503));
        await using var good = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Document([bad.Address, good.Address], r => r with { Retry = Quick }, "roundRobin"));

        var statuses = new List<int>();
        for (var i = 0; i < 4; i++) statuses.Add((int)(await gateway.GetAsync("/")).StatusCode);

        Assert.All(statuses, s => Assert.Equal(200, s));
        var record = (await gateway.Calls.WaitForAsync(4)).First(r => r.AttemptCount == 2);
        Assert.Equal((CallOutcome.UpstreamError, 503, AttemptKind.First), (record.Attempt(0).Outcome, record.Attempt(0).Status, record.Attempt(0).Kind));
        Assert.Equal((CallOutcome.Ok, 200, AttemptKind.Retry), (record.Attempt(1).Outcome, record.Attempt(1).Status, record.Attempt(1).Kind));
        Assert.Contains("retry 1: 503", record.Why, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("POST", null, false, 1)]
    [InlineData("PATCH", null, false, 1)]
    [InlineData("POST", "key-1", false, 3)]
    [InlineData("POST", null, true, 3)]
    [InlineData("PUT", null, false, 3)]
    [InlineData("DELETE", null, false, 3)]
    public async Task Semantics1_2_OnlyWhatIsSafeIsRetried(string method, string? idempotencyKey, bool retryUnsafe, int attempts)
    {
        await using var upstream = await TestUpstream.StartAsync(c => Status(c, 503));
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with { Retry = Quick, Breaker = null }, route: r => r with { RetryUnsafe = retryUnsafe }));

        var response = await gateway.SendAsync(new HttpMethod(method), "/", h => { if (idempotencyKey is not null) h.Add("Idempotency-Key", idempotencyKey); });

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(attempts, (await gateway.Calls.NextAsync()).AttemptCount);
        Assert.Equal(attempts, upstream.Requests);
    }

    [Fact]
    public async Task Semantics1_2_FailureBeforeTheRequestWasSent_IsRetriedWhateverTheMethod()
    {
        await using var good = await TestUpstream.StartAsync(async c => await c.Response.WriteAsync(await new StreamReader(c.Request.Body).ReadToEndAsync()));
        await using var gateway = await TestGateway.StartAsync(Document([RawUpstream.Refused(), good.Address], r => r with { Retry = Quick }, "roundRobin"));

        for (var i = 0; i < 4; i++)
        {
            var response = await gateway.SendAsync(HttpMethod.Post, "/", content: new StringContent($"body {i}"));
            Assert.Equal($"body {i}", await response.Content.ReadAsStringAsync(Cancel));
        }
    }

    [Theory]
    [InlineData(10)]
    [InlineData(60_000)]
    public async Task Semantics1_2_RetriedBody_IsSentAgainInFull(int size)
    {
        var bodies = new List<string>();
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            bodies.Add(await new StreamReader(c.Request.Body).ReadToEndAsync());
            c.Response.StatusCode = bodies.Count < 3 ? 503 : 200;
        });
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with { Retry = Quick, Breaker = null }));

        var body = new string('x', size) + "end";
        var response = await gateway.SendAsync(HttpMethod.Put, "/", content: new StringContent(body));

        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal([body, body, body], bodies);
        Assert.Equal(body.Length, (await gateway.Calls.NextAsync()).RequestBytes);
    }

    [Fact]
    public async Task Semantics1_2_BodyLargerThanTheBuffer_IsSentOnce()
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            await c.Request.Body.CopyToAsync(Stream.Null, c.RequestAborted);
            c.Response.StatusCode = 503;
        });
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with { Retry = Quick with { BufferBody = 1000 }, Breaker = null }));

        var response = await gateway.SendAsync(HttpMethod.Put, "/", content: new ByteArrayContent(new byte[1001]));

        Assert.Equal(503, (int)response.StatusCode);
        Assert.Equal(1, upstream.Requests);
        Assert.Contains("no retry: not_safe", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics1_1_OneDeadlineForAllAttempts()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var upstream = RawUpstream.Start(async c => { await c.ReadHeadAsync(); await c.ReadToEndAsync(); });
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Document([upstream.Address], r => r with
        {
            Retry = Quick with { MaxAttempts = 10, BackoffBase = TimeSpan.Zero },
            Deadline = TimeSpan.FromMilliseconds(2_000),
            AttemptTimeout = TimeSpan.FromMilliseconds(600),
            Breaker = null,
        }));

        var answering = gateway.GetAsync("/");
        for (var attempt = 1; attempt <= 4; attempt++)
        {
            while (upstream.Connections < attempt) await Task.Delay(5, Cancel);
            time.Advance(TimeSpan.FromMilliseconds(attempt < 4 ? 602 : 200));
        }

        Assert.Equal(504, (int)(await answering).StatusCode);
        var record = await gateway.Calls.NextAsync();
        // The fourth has the rest of the two seconds. Ten would be made if each had a deadline of its own.
        Assert.Equal((CallOutcome.Timeout, 4, 2_006_000), (record.Outcome, record.AttemptCount, record.DurationUs));
    }

    [Fact]
    public async Task Semantics1_1_CallersDeadlineShortensOurs()
    {
        await using var upstream = RawUpstream.Start(async c => { await c.ReadHeadAsync(); await c.ReadToEndAsync(); });
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address]));

        var response = await gateway.GetAsync("/", ("X-Request-Timeout", "100ms"));

        Assert.Equal(504, (int)response.StatusCode);
        Assert.InRange((await gateway.Calls.NextAsync()).DurationUs, 90_000, 5_000_000);
    }

    [Fact]
    public async Task Semantics1_1_CallersTinyDeadlines_OpenNoBreaker()
    {
        await using var upstream = RawUpstream.Start(async c => { await c.ReadHeadAsync(); await c.ReadToEndAsync(); });
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with { Breaker = new BreakerConfig { MinimumCalls = 2 } }));

        for (var i = 0; i < 5; i++) await gateway.GetAsync("/", ("X-Request-Timeout", "20ms"));

        Assert.Equal("closed", gateway.Status.Destinations[0].Breaker);
    }

    [Fact]
    public async Task Semantics1_3_RetryAfterIsAFloorForTheDestinationNotOnlyForThisCall()
    {
        await using var busy = await TestUpstream.StartAsync(c => { c.Response.Headers.RetryAfter = "30"; return Status(c, 503); });
        await using var good = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Document([busy.Address, good.Address], r => r with { Retry = Quick }, "roundRobin"));

        for (var i = 0; i < 10; i++) Assert.Equal(200, (int)(await gateway.GetAsync("/")).StatusCode);

        Assert.Equal(1, busy.Requests);
        Assert.Contains("asked to be left alone", gateway.Status.Destinations[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics1_3_ShortRetryAfter_IsWaitedForWhenThereIsNowhereElseToGo()
    {
        var first = true;
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            if (!first) return Status(c, 200);
            first = false;
            c.Response.Headers["retry-after-ms"] = "200";
            return Status(c, 429);
        });
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with { Retry = Quick }));

        Assert.Equal(200, (int)(await gateway.GetAsync("/")).StatusCode);
        Assert.InRange((await gateway.Calls.NextAsync()).DurationUs, 190_000, 5_000_000);
    }

    [Fact]
    public async Task Semantics1_3_LimitOfOneCaller_DoesNotCloseTheServiceForAll()
    {
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            if (!c.Request.Headers.ContainsKey("X-Greedy")) return Status(c, 200);
            c.Response.Headers.RetryAfter = "50";
            return Status(c, 429);
        });
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with { Retry = Quick }));

        var greedy = await gateway.GetAsync("/", ("X-Greedy", "1"));
        Assert.Equal((429, "50"), ((int)greedy.StatusCode, greedy.Headers.RetryAfter!.ToString())); // does not fit the deadline: passed on
        Assert.Equal(200, (int)(await gateway.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Semantics1_5_AllDestinationsOff_503WithSoonestReopening()
    {
        await using var upstream = await TestUpstream.StartAsync(c => Status(c, 500));
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with
        {
            Breaker = new BreakerConfig { MinimumCalls = 3, Cooldown = TimeSpan.FromSeconds(20) },
        }));
        for (var i = 0; i < 3; i++) Assert.Equal(500, (int)(await gateway.GetAsync("/")).StatusCode);

        var response = await gateway.GetAsync("/");

        Assert.Equal(503, (int)response.StatusCode);
        Assert.InRange(int.Parse(response.Headers.GetValues("Retry-After").Single(), CultureInfo.InvariantCulture), 5, 24); // some of the 20 s may have passed on a busy machine
        Assert.Equal(3, upstream.Requests);
        var record = (await gateway.Calls.WaitForAsync(4))[3];
        Assert.Equal((CallOutcome.Unavailable, 0), (record.Outcome, record.AttemptCount));
        Assert.Equal("open", gateway.Status.Destinations[0].Breaker);
    }

    [Fact]
    public async Task Semantics1_4_ManualOpenThroughTheFace_TakesEffectAtOnceAndCanBeReleased()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address]));
        var control = gateway.Get<BreakerControl>();

        Assert.Single(control.Hold("svc", "d0", open: true, TimeSpan.FromMinutes(5), "maintenance"));
        Assert.Equal(503, (int)(await gateway.GetAsync("/")).StatusCode);
        Assert.Contains("maintenance", gateway.Status.Destinations[0].Reason, StringComparison.Ordinal);
        Assert.Single(control.Release("svc", "d0"));
        Assert.Equal(200, (int)(await gateway.GetAsync("/")).StatusCode);
        Assert.Empty(control.Hold("svc", "nobody", open: true, TimeSpan.FromMinutes(5), ""));
    }

    [Fact]
    public async Task Semantics1_6_ClientGone_CancelsUpstreamAndIsNobodysFailure()
    {
        var cancelled = new TaskCompletionSource();
        var arrived = new TaskCompletionSource();
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, c.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.SetResult();
        });
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with { Retry = Quick, Breaker = new BreakerConfig { MinimumCalls = 1 } }));

        using (var client = await RawClient.ConnectAsync(gateway.Address))
        {
            await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
            await arrived.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, 1), (record.Outcome, record.AttemptCount));
        Assert.Equal(CallOutcome.ClientCancelled, record.Attempt(0).Outcome);
        var status = gateway.Status.Destinations[0];
        Assert.Equal(("closed", null, 0), (status.Breaker, status.EjectedUntil, status.InFlight));
    }

    [Fact]
    public async Task Bulkhead_Full_ShedsAndServesTheQueueInOrder()
    {
        var go = new SemaphoreSlim(0);
        await using var upstream = await TestUpstream.StartAsync(c => go.WaitAsync(c.RequestAborted));
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with { Bulkhead = new BulkheadConfig { MaxConcurrent = 1, Queue = 1 } }));

        var first = gateway.GetAsync("/");
        while (upstream.Requests < 1) await Task.Delay(5, Cancel);
        var second = gateway.GetAsync("/");
        var state = gateway.Get<Tidegate.Gateway.Snapshot.RunningServices>().Current[0].State;
        while (state.Bulkhead.Waiting < 1) await Task.Delay(5, Cancel);
        var third = await gateway.GetAsync("/");
        go.Release(2);

        Assert.Equal(503, (int)third.StatusCode);
        Assert.Equal((200, 200), ((int)(await first).StatusCode, (int)(await second).StatusCode));
        var records = await gateway.Calls.WaitForAsync(3);
        Assert.Equal([CallOutcome.Ok, CallOutcome.Ok, CallOutcome.Shed], records.Select(r => r.Outcome));
        Assert.Contains("queue_full", records[2].Why, StringComparison.Ordinal);
        Assert.Equal(0, state.Bulkhead.InFlight);
    }

    [Fact]
    public async Task Hedging_SlowFirst_SecondWinsAndTheLoserIsCancelledAndRecorded()
    {
        var cancelled = new TaskCompletionSource();
        await using var slow = await TestUpstream.StartAsync(async c =>
        {
            await Task.Delay(Timeout.Infinite, c.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancelled.TrySetResult();
        });
        await using var fast = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Document([slow.Address, fast.Address], r => r with
        {
            Retry = Quick,
            Hedging = new HedgingConfig { Delay = TimeSpan.FromMilliseconds(50), MaxShare = 1 },
        }, "roundRobin"));

        Assert.Equal(200, (int)(await gateway.GetAsync("/")).StatusCode);

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(60), Cancel);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, 2, "d1"), (record.Outcome, record.AttemptCount, record.Destination));
        Assert.Equal((AttemptKind.First, CallOutcome.ClientCancelled, "another attempt was faster"), (record.Attempt(0).Kind, record.Attempt(0).Outcome, record.Attempt(0).Error));
        Assert.Equal((AttemptKind.Hedge, CallOutcome.Ok), (record.Attempt(1).Kind, record.Attempt(1).Outcome));
        Assert.All(gateway.Status.Destinations, d => Assert.Equal(("closed", 0), (d.Breaker, d.InFlight)));
        Assert.Equal(200, (int)(await gateway.GetAsync("/")).StatusCode); // the connection's attempt is whole again
    }

    [Fact]
    public async Task Hedging_ShareUsedUp_SendsNone()
    {
        await using var upstream = await TestUpstream.StartAsync(c => Task.Delay(100, c.RequestAborted));
        await using var gateway = await TestGateway.StartAsync(Document([upstream.Address], r => r with
        {
            Retry = Quick,
            Hedging = new HedgingConfig { Delay = TimeSpan.FromMilliseconds(10), MaxShare = 0.05 },
        }));

        await gateway.GetAsync("/");

        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public async Task Semantics1_1_FallbackService_IsAskedOnceWithTheKeptAttempt()
    {
        await using var bad = await TestUpstream.StartAsync(c => Status(c, 503));
        await using var other = await TestUpstream.StartAsync(c => c.Response.WriteAsync("from the other"));
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Service([bad.Address], r => r with { Retry = Quick, Breaker = null, Fallback = new FallbackConfig { Service = "other" } }),
            Config.Service("other", other.Address), Config.Route("all", "svc")));

        var response = await gateway.GetAsync("/");

        Assert.Equal("from the other", await response.Content.ReadAsStringAsync(Cancel));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((3, 2, AttemptKind.Fallback), (record.AttemptCount, bad.Requests, record.Attempt(2).Kind));
        Assert.Equal((CallOutcome.Ok, "svc"), (record.Outcome, record.Service));
        Assert.Contains("fallback: service other", record.Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Fallback_FixedAnswer_IsGivenWhenNothingElseIs()
    {
        await using var gateway = await TestGateway.StartAsync(Document([RawUpstream.Refused()], r => r with
        {
            Retry = Quick,
            Fallback = new FallbackConfig { Response = new StaticResponseConfig { Status = 200, Body = "{\"items\":[]}" } },
        }));

        var response = await gateway.GetAsync("/");

        Assert.Equal(("{\"items\":[]}", "application/json"), (await response.Content.ReadAsStringAsync(Cancel), response.Content.Headers.ContentType!.MediaType));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, "fallback: fixed answer"), (record.Outcome, record.Why.Split("; ")[^1]));
    }

    [Fact]
    public async Task Sticky_CookieFollowsItsDestinationAndIsIssuedAgainWhenThatIsOff()
    {
        await using var a = await TestUpstream.StartAsync(c => c.Response.WriteAsync("a"));
        await using var b = await TestUpstream.StartAsync(c => c.Response.WriteAsync("b"));
        await using var gateway = await TestGateway.StartAsync(Document([a.Address, b.Address], policy: "sticky"));

        var first = await gateway.GetAsync("/");
        var (home, cookie) = (await first.Content.ReadAsStringAsync(Cancel), first.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        for (var i = 0; i < 10; i++)
        {
            var next = await gateway.GetAsync("/", ("Cookie", cookie));
            Assert.Equal(home, await next.Content.ReadAsStringAsync(Cancel));
            Assert.False(next.Headers.Contains("Set-Cookie"));
        }

        gateway.Get<BreakerControl>().Hold("svc", home == "a" ? "d0" : "d1", open: true, TimeSpan.FromMinutes(1), "test");
        var moved = await gateway.GetAsync("/", ("Cookie", cookie));

        Assert.NotEqual(home, await moved.Content.ReadAsStringAsync(Cancel));
        Assert.NotEqual(cookie, moved.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        Assert.DoesNotContain("d0", cookie, StringComparison.Ordinal);
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static ConfigDocument Document(
        Uri[] addresses, Func<ResilienceConfig, ResilienceConfig>? change = null, string policy = "peakEwma", Func<RouteConfig, RouteConfig>? route = null) =>
        Config.Document(Service(addresses, change, policy), Config.Route("all", "svc", route));

    private static Resource<ServiceConfig> Service(Uri[] addresses, Func<ResilienceConfig, ResilienceConfig>? change = null, string policy = "peakEwma")
    {
        var resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 1 } };
        return Config.Service("svc", new ServiceConfig
        {
            Destinations = [.. addresses.Select((a, i) => new DestinationConfig { Name = $"d{i}", Address = a })],
            Balancing = new BalancingConfig { Policy = policy },
            Resilience = change?.Invoke(resilience) ?? resilience,
            Health = new HealthConfig { Passive = new PassiveHealthConfig { ConsecutiveFailures = 0 } },
        });
    }
}
