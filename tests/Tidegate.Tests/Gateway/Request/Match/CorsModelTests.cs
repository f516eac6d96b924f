using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Match;

public sealed class CorsModelTests
{
    private static readonly CorsConfig Cors = new()
    {
        Origins = ["https://app.example"], Credentials = true, ExposeHeaders = ["X-Total"], MaxAge = TimeSpan.FromMinutes(5), Headers = ["Authorization", "Content-Type"],
    };

    [Fact]
    public async Task Preflight_AllowedOrigin_IsAnsweredWithoutCredentialsAndWithoutTheUpstream()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream, Cors);

        var response = await gateway.RawAsync("OPTIONS /x HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\nAccess-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: authorization\r\n\r\n");

        Assert.Equal(204, response.Status);
        Assert.Equal("https://app.example", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("true", response.Header("Access-Control-Allow-Credentials"));
        Assert.Equal("PUT, GET", response.Header("Access-Control-Allow-Methods"));
        Assert.Equal("Authorization, Content-Type", response.Header("Access-Control-Allow-Headers"));
        Assert.Equal("300", response.Header("Access-Control-Max-Age"));
        Assert.Contains("Origin", response.Header("Vary"), StringComparison.Ordinal);
        Assert.Equal(0, upstream.Requests);
        Assert.Equal((CallOutcome.Ok, "r", 204), (await gateway.Calls.NextAsync()) switch { var r => (r.Outcome, r.Route, r.Status) });
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("https://app.example.evil")]
    public async Task Preflight_OtherOrigin_IsRefusedWithoutCorsHeaders(string origin)
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream, Cors);

        var response = await gateway.RawAsync($"OPTIONS /x HTTP/1.1\r\nHost: a\r\nOrigin: {origin}\r\nAccess-Control-Request-Method: PUT\r\n\r\n");

        Assert.Equal(403, response.Status);
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task Call_AllowedOrigin_UpstreamsOwnRulesAreReplaced()
    {
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            c.Response.Headers.AccessControlAllowOrigin = "*";
            c.Response.Headers.Vary = "Accept-Encoding";
            return c.Response.WriteAsync("x");
        });
        await using var gateway = await StartAsync(upstream, Cors);

        var response = await gateway.RawAsync("GET /x HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\n\r\n");

        Assert.Equal("https://app.example", response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("X-Total", response.Header("Access-Control-Expose-Headers"));
        Assert.Equal("Accept-Encoding, Origin", response.Header("Vary"));
    }

    [Fact]
    public async Task Call_WithoutOrigin_StillVaries()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream, Cors);
        var response = await gateway.RawAsync("GET /x HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Null(response.Header("Access-Control-Allow-Origin"));
        Assert.Equal("Origin", response.Header("Vary"));
    }

    [Fact]
    public async Task Call_RefusedByTheGateway_ScriptsMayReadWhy()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream, Cors, new IdentifyConfig());
        var response = await gateway.RawAsync("GET /x HTTP/1.1\r\nHost: a\r\nOrigin: https://app.example\r\n\r\n");
        Assert.Equal((401, "https://app.example"), (response.Status, response.Header("Access-Control-Allow-Origin")));
    }

    [Fact]
    public async Task Call_AnyOrigin_IsAStarAndDoesNotVary()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream, new CorsConfig { Origins = ["*"] });
        var response = await gateway.RawAsync("GET /x HTTP/1.1\r\nHost: a\r\nOrigin: https://b.example\r\n\r\n");
        Assert.Equal("*", response.Header("Access-Control-Allow-Origin"));
        Assert.Null(response.Header("Vary"));
    }

    private static Task<TestGateway> StartAsync(TestUpstream upstream, CorsConfig cors, IdentifyConfig? identify = null) => TestGateway.StartAsync(Config.Document(
        Config.Service("s", upstream.Address),
        Config.Route("r", "s", r => r with { Cors = cors, Identify = identify ?? Config.Anyone, Match = new MatchConfig { Path = "/x", Methods = ["PUT", "GET"] } })));
}
