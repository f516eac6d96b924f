using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Stale;

/// <summary>Which answers are there when the service is not.</summary>
public sealed class WhatIsKeptTests
{
    [Theory]
    [InlineData("Cache-Control", "max-age=60", true)]
    [InlineData("Cache-Control", "max-age=0", true)]
    [InlineData("Cache-Control", "public, s-maxage=10", true)]
    [InlineData("Cache-Control", "must-revalidate, max-age=10", true)]
    [InlineData("Vary", "Accept-Language, , accept-language", true)]
    [InlineData("Expires", "0", true)]
    [InlineData("Cache-Control", "no-store", false)]
    [InlineData("Cache-Control", "max-age=60, No-Store", false)]
    [InlineData("Cache-Control", "private", false)]
    [InlineData("Cache-Control", "private=\"X-User\", public", false)]
    [InlineData("Cache-Control", "no-cache", false)]
    [InlineData("Cache-Control", "must-revalidate", false)]
    [InlineData("Cache-Control", "proxy-revalidate, max-age=0", false)]
    [InlineData("Cache-Control", "s-maxage=nonsense", false)]
    [InlineData("Set-Cookie", "a=b", false)]
    [InlineData("Vary", "*", false)]
    [InlineData("Vary", "Accept, *", false)]
    [InlineData("Vary", "not a name", false)]
    [InlineData("Content-Type", "text/event-stream", false)]
    public async Task AnAnswer_ByItsHeaders(string name, string value, bool kept)
    {
        await using var setup = await StaleSetup.StartAsync(c =>
        {
            c.Response.Headers[name] = value;
            return c.Response.WriteAsync("true");
        });

        Assert.Equal(kept ? 200 : 502, await AskAndAskAgainAsync(setup, HttpMethod.Get));
    }

    [Theory]
    [InlineData(200, true)]
    [InlineData(203, false)]
    [InlineData(206, false)]
    [InlineData(404, false)]
    public async Task AnAnswer_ByItsStatus(int status, bool kept)
    {
        await using var setup = await StaleSetup.StartAsync(c =>
        {
            c.Response.StatusCode = status;
            return c.Response.WriteAsync("true");
        });

        Assert.Equal(kept ? 200 : 502, await AskAndAskAgainAsync(setup, HttpMethod.Get));
    }

    [Theory]
    [InlineData("Range", "bytes=0-1")]
    [InlineData("Cache-Control", "no-store")]
    public async Task AnAnswer_ByItsRequest(string name, string value)
    {
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync("true"));
        Assert.Equal(200, (await setup.GetAsync("/", (name, value))).Status);
        setup.Down = true;

        Assert.Equal(502, (await setup.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("HEAD")]
    [InlineData("PUT")]
    public async Task AnAnswer_ToAnotherMethodThanGet_IsNot(string method)
    {
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync("true"));

        Assert.Equal(502, await AskAndAskAgainAsync(setup, new HttpMethod(method)));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", 502)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", 502)]
    [InlineData("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nwhole or half?", 502)]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nwhole\r\n0\r\n\r\n", 200)]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwhole", 200)]
    public async Task ABodyThatBrokeOff_OrMayHave_IsNot(string answer, int status)
    {
        var first = true;
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            if (first) await c.WriteAsync(answer);
            first = false;
        });
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("svc", upstream.Address), Config.Route("all", "svc", r => r with { Stale = new StaleConfig() })));
        await gateway.RawAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");

        Assert.Equal(status, (await gateway.RawAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")).Status);
    }

    [Theory]
    [InlineData(100_000, true, 200)]
    [InlineData(100_001, true, 502)]
    [InlineData(100_000, false, 200)]
    [InlineData(100_001, false, 502)]
    public async Task ABody_UpToTheLargest(int size, bool announced, int status)
    {
        var body = string.Concat(Enumerable.Range(0, size).Select(i => (char)('a' + (i * 7 % 26))));
        await using var setup = await StaleSetup.StartAsync(async c =>
        {
            if (announced) c.Response.ContentLength = size;
            for (var sent = 0; sent < size; sent += 9_999)
            {
                await c.Response.WriteAsync(body.Substring(sent, Math.Min(9_999, size - sent)));
                await c.Response.Body.FlushAsync();
            }
        }, new StaleConfig { MaxBody = 100_000 });
        Assert.Equal(body, (await setup.GetAsync("/")).Body);
        setup.Down = true;

        var (seen, again, _) = await setup.GetAsync("/");

        Assert.Equal(status, seen);
        if (status == 200) Assert.Equal(body, again);
    }

    [Fact]
    public async Task AnAnswerOfTheFallbackService_IsNot_ItIsNoneOfTheServices()
    {
        await using var spare = await TestUpstream.StartAsync(c => c.Response.WriteAsync("spare"));
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync("true"), resilience: r => r with { Fallback = new FallbackConfig { Service = "spare" } }, more: [Config.Service("spare", spare.Address)]);
        setup.Down = true;
        Assert.Equal("spare", (await setup.GetAsync("/")).Body);
        spare.Handler = c => { c.Abort(); return Task.CompletedTask; };

        Assert.Equal(502, (await setup.GetAsync("/")).Status);
        Assert.Equal(CallOutcome.UpstreamError, (await setup.LastAsync()).Outcome);
    }

    [Fact]
    public async Task AnAnswer_IsGivenNoLongerThanKeepFor_AndTheNewestOne()
    {
        var number = 0;
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync($"{++number}"), new StaleConfig { KeepFor = TimeSpan.FromMinutes(10) });
        await setup.GetAsync("/");
        setup.Time.Advance(TimeSpan.FromMinutes(9));
        await setup.GetAsync("/");
        setup.Down = true;
        setup.Time.Advance(TimeSpan.FromSeconds(599));

        Assert.Equal((200, "2"), ((await setup.GetAsync("/")).Status, (await setup.GetAsync("/")).Body));
        setup.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(502, (await setup.GetAsync("/")).Status);
    }

    [Theory]
    [InlineData("s-maxage=30", null, 29, 200)]
    [InlineData("s-maxage=30", null, 30, 502)]
    [InlineData("must-revalidate, max-age=30", null, 30, 502)]
    [InlineData("s-maxage=30", "20", 9, 200)]
    [InlineData("s-maxage=30", "20", 10, 502)]
    public async Task AnAnswer_IsGivenNoLongerThanItSays(string cacheControl, string? age, int seconds, int status)
    {
        await using var setup = await StaleSetup.StartAsync(c =>
        {
            c.Response.Headers.CacheControl = cacheControl;
            if (age is not null) c.Response.Headers.Age = age;
            return c.Response.WriteAsync("true");
        });
        await setup.GetAsync("/");
        setup.Down = true;
        setup.Time.Advance(TimeSpan.FromSeconds(seconds));

        Assert.Equal(status, (await setup.GetAsync("/")).Status);
    }

    [Fact]
    public async Task AfterAChange_TheAnswerFromBefore_IsNotGiven()
    {
        await using var setup = await StaleSetup.StartAsync(c => c.Response.WriteAsync("true"));
        await setup.GetAsync("/a");
        await setup.GetAsync("/b");
        setup.Time.Advance(TimeSpan.FromSeconds(1));
        await setup.SendAsync(HttpMethod.Put, "/a");
        setup.Down = true;

        Assert.Equal((502, 200), ((await setup.GetAsync("/a")).Status, (await setup.GetAsync("/b")).Status));
    }

    private static async Task<int> AskAndAskAgainAsync(StaleSetup setup, HttpMethod method)
    {
        await setup.SendAsync(method, "/");
        setup.Down = true;
        return (await setup.GetAsync("/")).Status;
    }
}
