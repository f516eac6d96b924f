using System.Net;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Admit;

public sealed class AdmitStageTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));
    private TestUpstream _upstream = null!;

    public async ValueTask InitializeAsync() => _upstream = await TestUpstream.StartAsync();

    public ValueTask DisposeAsync() => _upstream.DisposeAsync();

    [Fact]
    public async Task Rate_UsedUp_Is429WithRateLimitHeadersAndRetryAfter()
    {
        await using var gateway = await StartAsync(r => r with { Limits = [new LimitConfig { Name = "per-route", By = LimitKey.Route, Calls = 3, Per = TimeSpan.FromSeconds(30) }] });

        for (var left = 2; left >= 0; left--)
        {
            using var ok = await gateway.GetAsync("/");
            Assert.Equal((HttpStatusCode.OK, $"\"per-route\";r={left};t={(3 - left) * 10}", "\"per-route\";q=3;w=30"), (ok.StatusCode, Header(ok, "RateLimit"), Header(ok, "RateLimit-Policy")));
        }

        using var refused = await gateway.GetAsync("/");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("10", Header(refused, "Retry-After"));
        Assert.Equal("\"per-route\";r=0;t=30", Header(refused, "RateLimit"));
        Assert.Contains("\"policy\":\"limit:per-route\"", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        var records = await gateway.Calls.WaitForAsync(4);
        Assert.Equal((CallOutcome.RateLimited, 429, "limit:per-route: rate_limited"), (records[3].Outcome, records[3].Status, records[3].Why));

        _time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(HttpStatusCode.OK, (await gateway.GetAsync("/")).StatusCode);
        Assert.Equal(HttpStatusCode.TooManyRequests, (await gateway.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task Shed_ClassesOfTheRoute_Are503AndTheOthersAreAnswered()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time },
            Config.Document(
                Config.Service("s", _upstream.Address), Config.Route("r", "s", r => r with { Shed = [PriorityClass.Low, PriorityClass.High, PriorityClass.Critical], Identify = new IdentifyConfig { Anonymous = true } }),
                Config.Consumer("acme", new ConsumerConfig { Priority = PriorityClass.Low }), Config.Consumer("other", new ConsumerConfig { Priority = PriorityClass.Critical })),
            Keys());

        // low and high are shed, the route's normal is not, and critical never is.
        Assert.Equal("503 200 200", await StatusesAsync(gateway, "k1", "", "k2"));
        var record = (await gateway.Calls.WaitForAsync(3))[0];
        Assert.Equal((CallOutcome.Shed, 503, "route:shed: shed", "s"), (record.Outcome, record.Status, record.Why, record.Service));
    }

    [Fact]
    public async Task Rate_OneOfTwoLimitsRefuses_TheOtherDoesNotCountTheCall()
    {
        await using var gateway = await StartAsync(r => r with
        {
            Limits =
            [
                new LimitConfig { Name = "wide", By = LimitKey.Route, Calls = 3, Per = TimeSpan.FromHours(1) },
                new LimitConfig { Name = "narrow", By = LimitKey.Header, Header = "X-User", Calls = 1, Per = TimeSpan.FromHours(1) },
            ],
        });

        var answers = new List<string>();
        foreach (var user in new[] { "a", "a", "a", "a", "b", "c", "d" })
        {
            using var response = await gateway.GetAsync("/", ("X-User", user));
            answers.Add($"{(int)response.StatusCode} {Header(response, "RateLimit")}");
        }

        Assert.Equal(
        [
            "200 \"narrow\";r=0;t=3600", "429 \"narrow\";r=0;t=3600", "429 \"narrow\";r=0;t=3600", "429 \"narrow\";r=0;t=3600",
            "200 \"narrow\";r=0;t=3600", "200 \"wide\";r=0;t=3600", "429 \"wide\";r=0;t=3600",
        ], answers);
    }

    [Fact]
    public async Task Rate_Partitions_EachHasItsOwn()
    {
        var limit = new LimitConfig { Algorithm = LimitAlgorithm.SlidingWindow, Calls = 1, Per = TimeSpan.FromHours(1) };
        await using var byConsumer = await StartAsync(r => r with { Limits = [limit], Identify = new IdentifyConfig { Anonymous = true } });
        Assert.Equal("200 429 200 429 200 429", await StatusesAsync(byConsumer, "k1", "k1b", "k2", "k2", "", ""));

        await using var byKey = await StartAsync(r => r with { Limits = [limit with { By = LimitKey.Key }], Identify = new IdentifyConfig { Anonymous = true } });
        Assert.Equal("200 200 429 200", await StatusesAsync(byKey, "k1", "k1b", "k1", ""));
    }

    [Fact]
    public async Task Rate_OfTheConsumer_HoldsOverAllRoutes()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Config.Document(Config.Service("s", _upstream.Address),
            Config.Route("one", "s", r => r with { Match = new MatchConfig { Path = "/1" }, Identify = new IdentifyConfig() }),
            Config.Route("two", "s", r => r with { Match = new MatchConfig { Path = "/2" }, Identify = new IdentifyConfig() }),
            Config.Consumer("acme", new ConsumerConfig { Limits = [new LimitConfig { Calls = 2, Per = TimeSpan.FromMinutes(1) }] })), Keys());
        var statuses = new List<int>();
        foreach (var path in new[] { "/1", "/2", "/1", "/2" }) statuses.Add((int)(await gateway.GetAsync(path, ("X-Api-Key", "k1"))).StatusCode);
        Assert.Equal([200, 200, 429, 429], statuses);
    }

    [Fact]
    public async Task Rate_ConfigurationUnchanged_CountsSurviveTheNextSnapshot_ChangedBeginsAnew()
    {
        ConfigDocument Document(int calls, string extra) => Config.Document(Config.Service("s", _upstream.Address), Config.Service(extra, _upstream.Address),
            Config.Route("r", "s", r => r with { Limits = [new LimitConfig { By = LimitKey.Route, Calls = calls, Per = TimeSpan.FromHours(1) }] }));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(1, "x"));
        Assert.Equal("200 429", await StatusesAsync(gateway, "", ""));
        gateway.Apply(Document(1, "y"));
        Assert.Equal("429", await StatusesAsync(gateway, ""));
        gateway.Apply(Document(2, "y"));
        Assert.Equal("200 200 429", await StatusesAsync(gateway, "", "", ""));
    }

    [Fact]
    public async Task Concurrency_Full_Is429UntilACallEnds()
    {
        var entered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var leave = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _upstream.Handler = async c =>
        {
            entered.TrySetResult();
            await leave.Task;
            await c.Response.WriteAsync("x");
        };
        await using var gateway = await StartAsync(r => r with { Concurrency = [new ConcurrencyLimitConfig { By = LimitKey.Route, Max = 1 }] });

        var first = gateway.GetAsync("/");
        await entered.Task;
        using var second = await gateway.GetAsync("/");
        leave.SetResult();
        Assert.Equal(HttpStatusCode.OK, (await first).StatusCode);
        using var third = await gateway.GetAsync("/");

        Assert.Equal((HttpStatusCode.TooManyRequests, "1"), (second.StatusCode, Header(second, "Retry-After")));
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task Concurrency_OfTheConsumer_CallerGoesAway_ThePlaceIsFreeAgain()
    {
        var hanging = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _upstream.Handler = async c =>
        {
            if (c.Request.Path != "/hang") return;
            hanging.TrySetResult();
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        };
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", _upstream.Address),
            Config.Route("r", "s", r => r with { Identify = new IdentifyConfig() }), Config.Consumer("acme", new ConsumerConfig { MaxConcurrent = 1 })), Keys());
        using (var client = await RawClient.ConnectAsync(gateway.Address))
        {
            await client.Connection.WriteAsync("GET /hang HTTP/1.1\r\nHost: a\r\nX-Api-Key: k1\r\n\r\n");
            await hanging.Task;
            Assert.Equal(429, (int)(await gateway.GetAsync("/", ("X-Api-Key", "k1"))).StatusCode);
            await gateway.Calls.NextAsync();
        }

        Assert.Equal(CallOutcome.ClientCancelled, (await gateway.Calls.NextAsync()).Outcome);
        Assert.Equal(200, (int)(await gateway.GetAsync("/", ("X-Api-Key", "k1"))).StatusCode);
    }

    [Fact]
    public async Task Semantics1_8_Body_AnnouncedTooLarge_Is413AtOnce()
    {
        await using var gateway = await StartAsync(r => r with { MaxBodySize = 10 });
        var response = await gateway.RawAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n");
        Assert.Equal(413, response.Status);
        Assert.Equal((0, CallOutcome.BadRequest), (_upstream.Requests, (await gateway.Calls.NextAsync()).Outcome));
    }

    [Fact]
    public async Task Semantics1_8_Body_ChunkedTooLarge_Is413WhileItStreams()
    {
        _upstream.Handler = async c => await c.Request.Body.CopyToAsync(Stream.Null, c.RequestAborted);
        await using var gateway = await StartAsync(r => r with { MaxBodySize = 10 });
        var response = await gateway.RawAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n6\r\nabcdef\r\n6\r\nabcdef\r\n0\r\n\r\n");
        Assert.Equal(413, response.Status);
        Assert.Equal(CallOutcome.BadRequest, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData(10, 10)]
    [InlineData(0, 100_000)]
    public async Task Body_WithinTheLimitOrWithoutOne_GoesThrough(long max, int length)
    {
        _upstream.Handler = async c =>
        {
            using var body = new MemoryStream();
            await c.Request.Body.CopyToAsync(body, c.RequestAborted);
            await c.Response.WriteAsync(body.Length.ToString());
        };
        await using var gateway = await StartAsync(r => r with { MaxBodySize = max });
        using var response = await gateway.SendAsync(HttpMethod.Post, "/", content: new ByteArrayContent(Encoding.ASCII.GetBytes(new string('x', length))));
        Assert.Equal(length.ToString(), await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(length, (await gateway.Calls.NextAsync()).RequestBytes);
    }

    private static async Task<string> StatusesAsync(TestGateway gateway, params string[] keys)
    {
        var statuses = new List<int>();
        foreach (var key in keys)
        {
            using var response = key.Length == 0 ? await gateway.GetAsync("/") : await gateway.GetAsync("/", ("X-Api-Key", key));
            statuses.Add((int)response.StatusCode);
        }

        return string.Join(' ', statuses);
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private static IssuedKey[] Keys() => [Config.Key("1", "acme", "k1"), Config.Key("1b", "acme", "k1b"), Config.Key("2", "other", "k2")];

    private Task<TestGateway> StartAsync(Func<RouteConfig, RouteConfig> change) => TestGateway.StartAsync(new TestGateway.Setup { Time = _time },
        Config.Document(Config.Service("s", _upstream.Address), Config.Route("r", "s", change), Config.Consumer("acme"), Config.Consumer("other")), Keys());
}
