using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Consumers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Record;

/// <summary>A refused call is a call: its record says what was asked for, as far as it is known, whoever refused it.</summary>
public sealed class RefusedCallsTests
{
    [Theory]
    [InlineData("GET /keyed/x?q=1", "", 401, CallOutcome.Unauthenticated)]
    [InlineData("GET /keyed/x", "X-Api-Key: wrong\r\n", 401, CallOutcome.Unauthenticated)]
    [InlineData("GET /keyed/x", "X-Api-Key: suspended\r\n", 403, CallOutcome.Forbidden)]
    [InlineData("DELETE /nowhere/x", "", 404, CallOutcome.NoRoute)]
    [InlineData("PATCH /get/x", "", 405, CallOutcome.NoRoute)]
    [InlineData("TRACE /get/x", "", 405, CallOutcome.BadRequest)]
    [InlineData("GET /limited/x", "", 429, CallOutcome.RateLimited)]
    [InlineData("POST /small/x", "Content-Length: 100\r\n", 413, CallOutcome.BadRequest)]
    [InlineData("GET /get/../x", "", 400, CallOutcome.BadRequest)]
    [InlineData("GET /get/x", "X-A: a\u0007b\r\n", 400, CallOutcome.BadRequest)]
    [InlineData("POST /get/x", "Transfer-Encoding: gzip, chunked\r\n", 400, CallOutcome.BadRequest)]
    [InlineData("GET /dead/x", "", 502, CallOutcome.UpstreamError)]
    public async Task Record_CallRefusedByTheGateway_SaysWhatWasAskedFor(string line, string headers, int status, CallOutcome outcome)
    {
        await using var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync("x"));
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Config.Service("s", upstream.Address), Config.Service("dead", RawUpstream.Refused()),
            Config.Consumer("gone", new ConsumerConfig { Suspended = true }),
            Route("keyed", "s", r => r with { Identify = new IdentifyConfig() }), Config.Path("dead", "/dead/{**rest}", "dead"),
            Route("get", "s", r => r with { Match = r.Match with { Methods = ["GET"] } }),
            Route("small", "s", r => r with { MaxBodySize = 10 }),
            Route("limited", "s", r => r with { Limits = [new LimitConfig { By = LimitKey.Route, Calls = 1, Per = TimeSpan.FromHours(1) }] })), Config.Key("k", "gone", "suspended"));
        await gateway.RawAsync("GET /limited/x HTTP/1.1\r\nHost: a\r\n\r\n");
        await gateway.Calls.NextAsync();

        var response = await gateway.RawAsync($"{line} HTTP/1.1\r\nHost: shop.example:8080\r\n{headers}\r\n");

        Assert.Equal(status, response.Status);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((status, outcome), (record.Status, record.Outcome));
        Assert.Equal($"{record.Method} {record.Path}", line.Split('?')[0]);
        Assert.Equal(("shop.example", "127.0.0.1", "HTTP/1.1"), (record.Host, record.ClientIp, record.Protocol));
        Assert.Equal(response.Header("X-Tidegate-Call-Id"), record.Id.ToString("N"));
    }

    [Theory]
    [InlineData("PUT /a/b?key=secret HTTP/1.1\r\nHost: shop.example\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n", 400, "PUT", "/a/b", "shop.example")]
    [InlineData("PUT /a/b HTTP/1.1\r\nContent-Length: +3\r\nHost: shop.example\r\n\r\n", 400, "PUT", "/a/b", "")] // refused before Host was read
    [InlineData("GET /a HTTP/1.1\r\nHost: shop.example\r\nHost: other.example\r\n\r\n", 400, "GET", "/a", null)]
    [InlineData("GET /a HTTP/1.1\r\nHost: shop.example\r\nX-Api-Key secret\r\n\r\n", 400, "GET", "/a", "shop.example")]
    [InlineData("GET /a HTTP/1.1\r\nHost: shop.example\r\nX-A: {40000}\r\n\r\n", 431, "GET", "/a", "shop.example")]
    [InlineData("GET /{9000} HTTP/1.1\r\nHost: shop.example\r\n\r\n", 414, "", "", "")]
    [InlineData("secret\r\n\r\n", 400, "", "", "")]
    [InlineData("GET /a?key=secret HTTP/3.7\r\n\r\n", 505, "", "", "")]
    public async Task Record_CallRefusedByTheServer_SaysWhatWasReadAndNothingOfTheCallBefore(string bytes, int status, string method, string path, string? host)
    {
        await using var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync("x"));
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var refused = new MetricTally(gateway.Get<System.Diagnostics.Metrics.Meter>(), CallMetricNames.BadRequests);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync("POST /before HTTP/1.1\r\nHost: before.example\r\nContent-Length: 0\r\n\r\n");
        await client.ReadResponseAsync();
        await gateway.Calls.NextAsync();

        await client.Connection.WriteAsync(bytes.Replace("{9000}", new string('x', 9000), StringComparison.Ordinal).Replace("{40000}", new string('x', 40000), StringComparison.Ordinal));

        Assert.Equal(status, (await client.ReadResponseAsync()).Status);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((status, CallOutcome.BadRequest, method, path), (record.Status, record.Outcome, record.Method, record.Path));
        if (host is not null) Assert.Equal(host, record.Host);
        Assert.NotEqual("before.example", record.Host);
        Assert.DoesNotContain("secret", record.Error + record.Why, StringComparison.Ordinal);
        Assert.NotEqual("", record.Error);
        Assert.Equal(1, refused.ByTags[$"reason=server_{status}"]);
    }

    private static Resource<RouteConfig> Route(string name, string service, Func<RouteConfig, RouteConfig> change) =>
        Config.Route(name, service, r => change(r with { Match = new MatchConfig { Path = $"/{name}/{{**rest}}" } }));
}
