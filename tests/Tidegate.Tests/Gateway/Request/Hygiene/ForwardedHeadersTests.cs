using System.Net;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Hygiene;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Hygiene;

/// <summary>Semantics 1.8: <c>Forwarded</c> and <c>X-Forwarded-*</c> are set by policy and never trusted from strangers.</summary>
public sealed class ForwardedHeadersTests
{
    [Fact]
    public async Task Semantics1_8_Forwarded_OfAStranger_NothingIsBelievedAndNothingSentOn()
    {
        var (headers, ip) = await CallAsync([], "X-Forwarded-For: 1.2.3.4\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: evil\r\nX-Forwarded-Port: 1\r\nX_Forwarded_For: 9.9.9.9\r\n"
            + "Forwarded: for=1.2.3.4\r\nX-Real-IP: 1.2.3.4\r\nX-Original-URL: /admin\r\nX-Rewrite-URL: /admin\r\nX-Custom: kept\r\n");
        Assert.Equal("127.0.0.1", ip);
        Assert.Equal(("127.0.0.1", "http", "shop.example:81"), (headers["X-Forwarded-For"], headers["X-Forwarded-Proto"], headers["X-Forwarded-Host"]));
        Assert.Equal("kept", headers["X-Custom"]);
        Assert.DoesNotContain(headers.Keys, k => k is "Forwarded" or "X-Real-IP" or "X-Original-URL" or "X-Rewrite-URL" or "X-Forwarded-Port" or "X_Forwarded_For");
    }

    [Theory]
    [InlineData("1.2.3.4", "1.2.3.4")]
    [InlineData("6.6.6.6, 1.2.3.4", "1.2.3.4")] // the leftmost is what the stranger claimed
    [InlineData("1.2.3.4, 10.0.0.7", "1.2.3.4")] // through a second trusted proxy
    [InlineData("1.2.3.4:5678", "1.2.3.4")]
    [InlineData("[2001:db8::1]:99", "2001:db8::1")]
    [InlineData("2001:db8::1", "2001:db8::1")]
    [InlineData("10.0.0.9, 10.0.0.7", "10.0.0.9")] // all trusted: the farthest
    [InlineData("unknown, 10.0.0.7", "10.0.0.7")]
    [InlineData("1", "127.0.0.1")]
    [InlineData("", "127.0.0.1")]
    public async Task Semantics1_8_Forwarded_OfATrustedProxy_ChainIsFollowedToTheFirstStranger(string chain, string client)
    {
        var (headers, ip) = await CallAsync(["127.0.0.0/8", "10.0.0.0/24"], $"X-Forwarded-For: {chain}\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: www.example\r\n");
        Assert.Equal(client, ip);
        Assert.Equal(chain.Length == 0 ? ", 127.0.0.1" : $"{chain}, 127.0.0.1", headers["X-Forwarded-For"]);
        Assert.Equal(("https", "www.example"), (headers["X-Forwarded-Proto"], headers["X-Forwarded-Host"]));
    }

    [Fact]
    public async Task Semantics1_8_Forwarded_InSeveralLines_AreOneChain()
    {
        var (_, ip) = await CallAsync(["127.0.0.1", "10.0.0.0/24"], "X-Forwarded-For: 6.6.6.6\r\nX-Forwarded-For: 1.2.3.4, 10.0.0.7\r\n");
        Assert.Equal("1.2.3.4", ip);
    }

    [Fact]
    public async Task Semantics1_8_Forwarded_StandardHeader_IsReadAndLengthened()
    {
        var (headers, ip) = await CallAsync(["127.0.0.1"], "Forwarded: for=6.6.6.6, for=\"[2001:db8::9]:4711\";proto=https;host=\"www.example\"\r\n");
        Assert.Equal("2001:db8::9", ip);
        Assert.Equal("https", headers["X-Forwarded-Proto"]);
        Assert.EndsWith(", for=127.0.0.1;host=\"shop.example:81\";proto=http", headers["Forwarded"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("X-Forwarded-Proto: javascript\r\nX-Forwarded-For: 1.1.1.1\r\n")]
    [InlineData("X-Forwarded-Host: a/b@c\r\nX-Forwarded-For: 1.1.1.1\r\n")]
    public async Task Semantics1_8_Forwarded_ValuesThatAreNone_AreNotTakenOver(string lines)
    {
        var (headers, _) = await CallAsync(["127.0.0.1"], lines);
        Assert.Equal(("http", "shop.example:81"), (headers["X-Forwarded-Proto"], headers["X-Forwarded-Host"]));
    }

    [Fact]
    public async Task Semantics1_8_Forwarded_DecidedByTheRoute_TheRouteWins()
    {
        var (headers, _) = await CallAsync([], "", r => r with
        {
            Rewrite = new RewriteConfig
            {
                RequestHeaders = new ValueEditConfig { Remove = ["X-Forwarded-For"], Set = new Dictionary<string, string>(StringComparer.Ordinal) { ["x-forwarded-proto"] = "https" } },
            },
        });
        Assert.False(headers.ContainsKey("X-Forwarded-For"));
        Assert.Equal("https", headers["X-Forwarded-Proto"]);
    }

    [Fact]
    public async Task Connection_NamesForwardedHeaders_TheyAreSentAllTheSame()
    {
        var (headers, _) = await CallAsync([], "Connection: X-Forwarded-For, X-Forwarded-Proto\r\n");
        Assert.Equal("127.0.0.1", headers["X-Forwarded-For"]);
    }

    [Fact]
    public void AddressSet_BadTexts_AreAllNamed()
    {
        var wrong = Assert.Throws<FormatException>(() => AddressSet.Parse(["10.0.0.0/8", "proxy", "10.0.0.0/99"]));
        Assert.Contains("proxy, 10.0.0.0/99", wrong.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("10.1.2.3", true)]
    [InlineData("::ffff:10.1.2.3", true)]
    [InlineData("11.1.2.3", false)]
    [InlineData("2001:db8:7::1", true)]
    [InlineData("192.168.1.5", true)]
    [InlineData("192.168.1.6", false)]
    public void AddressSet_Contains(string address, bool expected) =>
        Assert.Equal(expected, AddressSet.Parse(["10.0.0.0/8", "2001:db8::/32", "192.168.1.5"]).Contains(IPAddress.Parse(address)));

    private static async Task<(Dictionary<string, string> Headers, string ClientIp)> CallAsync(string[] trusted, string lines, Func<RouteConfig, RouteConfig>? change = null)
    {
        var seen = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            foreach (var header in c.Request.Headers) seen[header.Key] = header.Value.ToString();
            return Task.CompletedTask;
        });
        var setup = new TestGateway.Setup();
        setup.Options = setup.Options with { TrustedProxies = trusted };
        await using var gateway = await TestGateway.StartAsync(setup, Config.Document(Config.Service("s", upstream.Address), Config.Route("r", "s", change)));
        Assert.Equal(200, (await gateway.RawAsync($"GET / HTTP/1.1\r\nHost: shop.example:81\r\n{lines}\r\n")).Status);
        return (seen, (await gateway.Calls.NextAsync()).ClientIp);
    }
}
