using System.Net;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Match;

public sealed class MatchStageTests
{
    private static readonly Uri Nowhere = new("http://127.0.0.1:9");

    [Fact]
    public async Task Find_NoRoute_Is404WithAProblemAndARecord()
    {
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", Nowhere), Config.Path("r", "/only", "s")));

        var response = await gateway.RawAsync("GET /other HTTP/1.1\r\nHost: a\r\n\r\n");

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((404, CallOutcome.NoRoute, ""), (response.Status, record.Outcome, record.Route));
        Assert.Contains("\"type\":\"https://tidegate.dev/problems/no_route\"", response.Body, StringComparison.Ordinal);
        Assert.Equal(record.Id.ToString("N"), response.Header("X-Tidegate-Call-Id"));
    }

    [Fact]
    public async Task Find_WrongMethod_Is405WithAllow()
    {
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", Nowhere),
            Config.Route("r", "s", r => r with { Match = new MatchConfig { Path = "/x", Methods = ["GET", "PUT"] } })));

        var response = await gateway.RawAsync("DELETE /x HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal((405, "GET, HEAD, PUT"), (response.Status, response.Header("Allow")));
    }

    [Fact]
    public async Task Find_NoConfigurationYet_Is503WithRetryAfter()
    {
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup(), null);
        var response = await gateway.RawAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Assert.Equal((503, "1"), (response.Status, response.Header("Retry-After")));
        Assert.False(gateway.Status.Ready);
    }

    [Theory]
    [InlineData("/public/..%2Fadmin", 400)]
    [InlineData("/public/../admin", 400)]
    [InlineData("/public/%2e%2e/admin", 400)]
    [InlineData("/public/..;/admin", 400)]
    [InlineData("//admin", 400)]
    [InlineData("/%2Fadmin", 400)]
    [InlineData("/admin;x=1", 400)]
    [InlineData("/admin%2Fusers", 400)]
    [InlineData("/\\admin", 400)]
    [InlineData("/%61dmin", 401)]
    [InlineData("/public/a%2Fb", 200)]
    [InlineData("/public//a", 200)]
    [InlineData("/public/;a", 200)]
    public async Task Find_OddSpellings_NeverGetAroundTheRulesOfARoute(string path, int expected)
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("s", upstream.Address),
            Config.Path("open", "/{**path}", "s"),
            Config.Route("admin", "s", r => r with { Match = new MatchConfig { Path = "/admin/{**path}" }, Identify = new IdentifyConfig() })));

        var response = await gateway.RawAsync($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal(expected, response.Status);
        Assert.Equal(expected == 200 ? 1 : 0, upstream.Requests);
    }

    [Fact]
    public async Task Split_ByWeight_FollowsTheDraw()
    {
        await using var one = await TestUpstream.StartAsync(c => c.Response.WriteAsync("one"));
        await using var two = await TestUpstream.StartAsync(c => c.Response.WriteAsync("two"));
        var random = new TestRandom();
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Random = random }, Config.Document(
            Config.Service("one", one.Address), Config.Service("two", two.Address),
            Config.Route("r", new RouteConfig
            {
                Identify = Config.Anyone,
                Split = [new SplitConfig { Service = "one", Weight = 90, Version = "v1" }, new SplitConfig { Service = "two", Weight = 10, Version = "v2" }, new SplitConfig { Service = "one", Weight = 0 }],
            })));

        var counts = new Dictionary<string, int>(StringComparer.Ordinal) { ["one"] = 0, ["two"] = 0 };
        for (var i = 0; i < 300; i++) counts[await gateway.Client.GetStringAsync("/", TestContext.Current.CancellationToken)]++;

        Assert.InRange(counts["two"], 15, 50);
        var records = await gateway.Calls.WaitForAsync(300);
        Assert.Equal(counts["two"], records.Count(r => r is { Service: "two", Version: "v2" }));
        Assert.Equal(counts["one"], records.Count(r => r is { Service: "one", Version: "v1" }));
    }

    [Theory]
    [InlineData("/old/7?x=1", null, null, "/new/{id}", "/new/7?x=1")]
    [InlineData("/old/7", "https", null, null, "https://shop.example/old/7")]
    [InlineData("/old/7", "https", "www.example", "/{id}", "https://www.example/7")]
    [InlineData("/old/%0d%0aSet-Cookie:x", null, null, "/new/{id}", "/new/%0d%0aSet-Cookie:x")]
    public async Task Redirect_FillsInParameters(string path, string? scheme, string? host, string? to, string expected)
    {
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Route("r", new RouteConfig
        {
            Identify = Config.Anyone, Match = new MatchConfig { Path = "/old/{id}" }, Redirect = new RedirectConfig { Scheme = scheme, Host = host, Path = to },
        })));

        var response = await gateway.RawAsync($"GET {path} HTTP/1.1\r\nHost: shop.example:8080\r\n\r\n");

        Assert.Equal((308, expected), (response.Status, response.Header("Location")));
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData("/go//evil.example")]
    [InlineData("/go/\\evil.example")]
    [InlineData("/go/%2Fevil.example")]
    public async Task Redirect_PathMadeByTheCaller_NeverLeadsToAnotherHost(string path)
    {
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Route("r", new RouteConfig
        {
            Identify = Config.Anyone, Match = new MatchConfig { Path = "/go/{**rest}" }, Redirect = new RedirectConfig { Path = "/{rest}" },
        })));

        var response = await gateway.RawAsync($"GET {path} HTTP/1.1\r\nHost: a\r\n\r\n");

        var location = response.Header("Location")!;
        Assert.Equal("a", new Uri(new Uri("http://a/"), location.Replace('\\', '/')).Host);
        Assert.False(location.StartsWith("//", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Respond_FixedText_UnderTheRulesOfTheRoute()
    {
        var respond = new StaticResponseConfig { Status = 418, Body = "{\"tea\":\"ü\"}" };
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Config.Route("open", new RouteConfig { Identify = Config.Anyone, Match = new MatchConfig { Path = "/open" }, Respond = respond }),
            Config.Route("closed", new RouteConfig { Match = new MatchConfig { Path = "/closed" }, Respond = respond })));

        using var open = await gateway.GetAsync("/open");
        using var closed = await gateway.GetAsync("/closed");

        Assert.Equal((HttpStatusCode)418, open.StatusCode);
        Assert.Equal("{\"tea\":\"ü\"}", await open.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("application/json", open.Content.Headers.ContentType!.ToString());
        Assert.Equal(HttpStatusCode.Unauthorized, closed.StatusCode);
    }

    [Fact]
    public async Task Rewrite_Headers_AreEditedBothWays()
    {
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            c.Response.Headers["X-Powered-By"] = "x";
            c.Response.Headers["Server"] = "y";
            return c.Response.WriteAsync(string.Join(",", c.Request.Headers["X-A"], c.Request.Headers["X-B"], c.Request.Headers["X-C"], c.Request.Headers["X-S"]));
        });
        var setup = new TestGateway.Setup();
        setup.Secrets.Values["${env:UPSTREAM}"] = "secret-7";
        await using var gateway = await TestGateway.StartAsync(setup, Config.Document(Config.Service("s", upstream.Address), Config.Route("r", "s", r => r with
        {
            Rewrite = new RewriteConfig
            {
                RequestHeaders = new ValueEditConfig { Remove = ["x-a"], Set = Pairs(("X-B", "set"), ("X-S", "Bearer ${env:UPSTREAM}")), Add = Pairs(("X-C", "more")) },
                ResponseHeaders = new ValueEditConfig { Remove = ["X-Powered-By"], Set = Pairs(("Server", "tide")), Add = Pairs(("X-Frame-Options", "DENY")) },
            },
        })));

        using var response = await gateway.GetAsync("/", ("X-A", "1"), ("X-B", "2"), ("X-C", "3"));

        Assert.Equal(",set,3,more,Bearer secret-7", (await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Replace(", ", ",", StringComparison.Ordinal));
        Assert.False(response.Headers.Contains("X-Powered-By"));
        Assert.Equal("tide", Assert.Single(response.Headers.GetValues("Server")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
    }

    private static Dictionary<string, string> Pairs(params (string Name, string Value)[] pairs) => pairs.ToDictionary(p => p.Name, p => p.Value, StringComparer.Ordinal);
}
