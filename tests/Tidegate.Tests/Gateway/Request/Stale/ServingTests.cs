using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Stale;

/// <summary>When a kept answer is given, what it looks like, and what the record says.</summary>
public sealed class ServingTests
{
    [Fact]
    public async Task AnOldAnswer_SaysItsAgeAndWhy_AndHasNothingOfTheOldCall()
    {
        await using var setup = await StaleSetup.StartAsync(c =>
        {
            var headers = c.Response.Headers;
            (headers.ContentType, headers.ETag, headers.Age, headers.Date) = ("text/plain", "\"v1\"", "5", "Sun, 01 Mar 2026 11:00:00 GMT");
            (headers["Cache-Status"], headers["X-Own"], headers["X-Request-Id"], headers["RateLimit-Remaining"], headers["X-Hop"]) = ("\"origin\"; fwd=miss", "own", "1", "7", "hop");
            (headers.RetryAfter, headers["Server-Timing"], headers.Connection) = ("1", "db;dur=1", "X-Hop");
            return c.Response.WriteAsync("true");
        });
        var (_, _, live) = await setup.GetAsync("/");
        setup.Down = true;
        setup.Time.Advance(TimeSpan.FromSeconds(42));

        var (status, body, answer) = await setup.GetAsync("/");

        Assert.Equal((200, "true", "text/plain", "47"), (status, body, StaleSetup.Header(answer, "Content-Type"), StaleSetup.Header(answer, "Age")));
        Assert.Equal(("4", "\"v1\"", "own", "Sun, 01 Mar 2026 11:00:00 GMT"), (StaleSetup.Header(answer, "Content-Length"), StaleSetup.Header(answer, "ETag"), StaleSetup.Header(answer, "X-Own"), StaleSetup.Header(answer, "Date")));
        Assert.Equal(["\"origin\"; fwd=miss", "tidegate; hit; detail=stale-on-error"], answer.Headers.GetValues("Cache-Status"));
        Assert.All(["X-Request-Id", "RateLimit-Remaining", "X-Hop", "Retry-After", "Server-Timing"], n => Assert.Null(StaleSetup.Header(answer, n)));
        Assert.NotEqual(StaleSetup.Header(live, "X-Tidegate-Call-Id"), StaleSetup.Header(answer, "X-Tidegate-Call-Id"));
        var record = await setup.LastAsync();
        Assert.Equal((CallOutcome.Ok, 200, 4L, "", 47), (record.Outcome, record.Status, record.ResponseBytes, record.Destination, record.AgeSeconds));
        Assert.Equal("stale: answer of 42 s ago", record.Why);
        Assert.StartsWith("only: ", record.Error, StringComparison.Ordinal);
        Assert.Equal(CallFacts.CacheHit, record.Facts);
        // What is served hides no failure: the attempt tells of it.
        Assert.Equal((1, CallOutcome.UpstreamError), (record.AttemptCount, record.Attempt(0).Outcome));
    }

    [Fact]
    public async Task TheRoutesEdits_AndCors_AreThoseOfThisCall()
    {
        await using var setup = await StaleSetup.StartAsync(
            c =>
            {
                (c.Response.Headers.AccessControlAllowOrigin, c.Response.Headers["X-Inner"]) = ("https://inner.example", "secret");
                return c.Response.WriteAsync("true");
            },
            route: r => r with
            {
                Cors = new CorsConfig { Origins = ["https://a.example", "https://b.example"] },
                Rewrite = new RewriteConfig { ResponseHeaders = new ValueEditConfig { Remove = ["X-Inner"], Add = new Dictionary<string, string> { ["X-Edited"] = "once" } } },
            });
        await setup.GetAsync("/", ("Origin", "https://a.example"));
        setup.Down = true;

        var (status, _, answer) = await setup.GetAsync("/", ("Origin", "https://b.example"));

        Assert.Equal((200, "https://b.example", null, "once"), (status, StaleSetup.Header(answer, "Access-Control-Allow-Origin"), StaleSetup.Header(answer, "X-Inner"), StaleSetup.Header(answer, "X-Edited")));
    }

    [Fact]
    public async Task Head_IsAnsweredFromGet()
    {
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync("true"));
        await setup.GetAsync("/");
        setup.Down = true;

        var (status, body, answer) = await setup.SendAsync(HttpMethod.Head, "/");

        Assert.Equal((200, "", "4", "0"), (status, body, StaleSetup.Header(answer, "Content-Length"), StaleSetup.Header(answer, "Age")));
        Assert.Equal(0, (await setup.LastAsync()).ResponseBytes);
    }

    [Theory]
    [InlineData("\"v1\"", "\"v1\"", 304)]
    [InlineData("\"v1\"", "W/\"v1\"", 304)]
    [InlineData("W/\"v1\"", "\"x\", \"v1\" , \"y\"", 304)]
    [InlineData("\"v1\"", "*", 304)]
    [InlineData("\"v1\"", "\"v2\"", 200)]
    [InlineData("\"v1\"", "v1", 200)]
    [InlineData("\"v1\"", "\"a\"v1\"", 200)]
    [InlineData(null, "\"v1\"", 200)]
    public async Task WhoHasIt_IsToldSo(string? tag, string asked, int status)
    {
        await using var setup = await StaleSetup.StartAsync(c =>
        {
            (c.Response.Headers.ETag, c.Response.Headers.CacheControl, c.Response.Headers["X-Own"]) = (tag, "max-age=1", "own");
            return c.Response.WriteAsync("true");
        });
        await setup.GetAsync("/");
        setup.Down = true;

        var (seen, body, answer) = await setup.GetAsync("/", ("If-None-Match", asked));

        Assert.Equal((status, status == 304 ? "" : "true"), (seen, body));
        Assert.Equal((tag, "max-age=1", "0"), (StaleSetup.Header(answer, "ETag"), StaleSetup.Header(answer, "Cache-Control"), StaleSetup.Header(answer, "Age")));
        Assert.Equal(status == 304 ? null : "own", StaleSetup.Header(answer, "X-Own"));
    }

    [Theory]
    [InlineData("GET", "Range", "bytes=0-1")]
    [InlineData("GET", "Cache-Control", "max-age=0, no-cache")]
    [InlineData("DELETE", "X-Own", "x")]
    public async Task WhoAsksForAnotherThing_GetsTheError(string method, string name, string value)
    {
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync("true"));
        await setup.GetAsync("/", (name == "X-Own" ? [(name, value)] : []));
        setup.Down = true;

        Assert.Equal(502, (await setup.SendAsync(new HttpMethod(method), "/", (name, value))).Status);
    }

    [Theory]
    [InlineData(500, 200)]
    [InlineData(502, 200)]
    [InlineData(503, 200)]
    [InlineData(504, 200)]
    [InlineData(501, 501)]
    [InlineData(404, 404)]
    [InlineData(401, 401)]
    public async Task AnErrorOfTheService_IsWorseThanAnOldAnswer_WhatItSaysOfTheCallIsNot(int fails, int status)
    {
        var failing = false;
        await using var setup = await StaleSetup.StartAsync(c =>
        {
            c.Response.StatusCode = failing ? fails : 200;
            return c.Response.WriteAsync(failing ? "failed" : "true");
        });
        await setup.GetAsync("/");
        failing = true;

        var (seen, body, _) = await setup.GetAsync("/");

        Assert.Equal((status, status == 200 ? "true" : "failed"), (seen, body));
        var record = await setup.LastAsync();
        Assert.Equal((1, fails), (record.AttemptCount, record.Attempt(0).Status));
        if (status == 200) Assert.Equal(($"only: status {fails}", CallOutcome.Ok), (record.Error, record.Outcome));
        // What the caller has nothing kept of is passed on as it came.
        Assert.Equal((fails, "failed"), ((await setup.GetAsync("/other")).Status, (await setup.GetAsync("/other")).Body));
    }

    [Fact]
    public async Task Order_FallbackService_ThenTheOldAnswer_ThenTheFixedOne()
    {
        await using var spare = await TestUpstream.StartAsync(c => c.Response.WriteAsync("spare"));
        await using var setup = await StaleSetup.StartAsync(
            c => c.Response.WriteAsync("true"), new StaleConfig { KeepFor = TimeSpan.FromMinutes(1) }, more: [Config.Service("spare", spare.Address)],
            resilience: r => r with { Fallback = new FallbackConfig { Service = "spare", Response = new StaticResponseConfig { Status = 503, Body = "fixed" } } });
        await setup.GetAsync("/");
        setup.Down = true;

        Assert.Equal("spare", (await setup.GetAsync("/")).Body);
        spare.Handler = c => { c.Response.StatusCode = 503; return c.Response.WriteAsync("spare is ill"); };
        Assert.Equal("true", (await setup.GetAsync("/")).Body);
        Assert.Equal("fallback: service spare; stale: answer of 0 s ago", (await setup.LastAsync()).Why);
        setup.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal((503, "spare is ill"), ((await setup.GetAsync("/")).Status, (await setup.GetAsync("/")).Body)); // as ever without anything kept
        spare.Handler = c => { c.Abort(); return Task.CompletedTask; };
        Assert.Equal("fixed", (await setup.GetAsync("/")).Body);
    }

    [Fact]
    public async Task Always_AsksNobody_UntilTheAnswerIsTooOld()
    {
        var number = 0;
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync($"{++number}"), new StaleConfig { Serve = StaleServe.Always, KeepFor = TimeSpan.FromMinutes(1) });
        Assert.Equal("1", (await setup.GetAsync("/")).Body);
        Assert.Equal(CallFacts.CacheMiss, (await setup.LastAsync()).Facts);

        var (status, body, answer) = await setup.GetAsync("/");

        Assert.Equal((200, "1", "tidegate; hit; detail=stale-always"), (status, body, StaleSetup.Header(answer, "Cache-Status")));
        var record = await setup.LastAsync();
        Assert.Equal((CallOutcome.Ok, 0, "stale: answer of 0 s ago, by rule", "", CallFacts.CacheHit), (record.Outcome, record.AttemptCount, record.Why, record.Error, record.Facts));
        Assert.Equal("2", (await setup.GetAsync("/", ("Cache-Control", "no-cache"))).Body);
        Assert.Equal("2", (await setup.GetAsync("/")).Body);
        setup.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("3", (await setup.GetAsync("/")).Body);
        Assert.Equal(3, setup.Upstream.Requests);
    }

    [Fact]
    public async Task Never_KeepsAndDoesNotGive()
    {
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync("true"), new StaleConfig { Serve = StaleServe.Never });
        await setup.GetAsync("/");
        setup.Down = true;
        Assert.Equal(502, (await setup.GetAsync("/")).Status);

        setup.Gateway.Apply(setup.Document(new StaleConfig { Serve = StaleServe.Always }));

        Assert.Equal((200, "true"), ((await setup.GetAsync("/")).Status, (await setup.GetAsync("/")).Body));
    }
}
