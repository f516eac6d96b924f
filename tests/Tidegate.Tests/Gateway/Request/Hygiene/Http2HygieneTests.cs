using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Hygiene;

/// <summary>Semantics 1.8 over HTTP/2: what is harmless in frames may be a second request where it becomes HTTP/1.1 again.</summary>
public sealed class Http2HygieneTests : IAsyncLifetime
{
    private TestUpstream _upstream = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync("x"));
        _gateway = await TestGateway.StartAsync(Config.Single(_upstream.Address));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [Theory]
    [InlineData(":path", "/ HTTP/1.1\r\nHost: evil\r\n\r\nGET /admin")]
    [InlineData(":path", "/a b")]
    [InlineData(":path", "/a\tb")]
    [InlineData(":path", "/a#b")]
    [InlineData(":path", "a")]
    [InlineData(":path", "http://evil/")]
    [InlineData(":path", "")]
    [InlineData(":path", "/../admin")]
    [InlineData(":path", "/%2e%2e/admin")]
    [InlineData(":method", "GET / HTTP/1.1\r\nX: ")]
    [InlineData(":method", "TRACE")]
    [InlineData(":method", "CONNECT")]
    [InlineData(":authority", "a/b")]
    [InlineData(":authority", "a\r\nX: y")]
    [InlineData("x-a", "a\r\nTransfer-Encoding: chunked")]
    [InlineData("x-a", "a\nb")]
    [InlineData("x-a", "a\0b")]
    [InlineData("x-a", "a\u0007b")]
    [InlineData("x-a\r\nx-b", "1")]
    [InlineData("x a", "1")]
    [InlineData("X-Upper", "1")]
    [InlineData("x(a)", "1")]
    [InlineData("", "1")]
    [InlineData("transfer-encoding", "chunked")]
    [InlineData("connection", "close")]
    [InlineData("te", "gzip")]
    [InlineData("content-length", "3")] // and no body comes
    [InlineData("content-length", "+0")]
    [InlineData("content-length", "-0")]
    [InlineData("content-length", "0, 0")]
    [InlineData("content-length", "")]
    [InlineData(":unknown", "1")]
    public async Task Semantics1_8_Http2Request_ThatIsNoneOverHttp1_NeverReachesTheUpstream(string name, string value)
    {
        var headers = new List<(string, string)> { (":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "a") };
        var known = headers.FindIndex(h => h.Item1 == name);
        if (known >= 0) headers[known] = (name, value);
        else headers.Add((name, value));
        using var refused = new MetricTally(_gateway.Get<Meter>(), CallMetricNames.BadRequests);
        using var client = await RawHttp2.ConnectAsync(_gateway.Address);

        var end = await client.SendAsync([.. headers]);

        Assert.Equal(0, _upstream.Requests);
        // Whoever refused: an answer has its record, a reset or closed connection has neither.
        if (end == "headers") Assert.InRange((await _gateway.Calls.NextAsync()).Status, 400, 499);
        else Assert.Empty(_gateway.Calls.Records);
        // Counted all the same.
        if (end != "headers") Assert.Equal(1, await refused.WaitForAsync(1));
    }

    [Fact]
    public async Task Request_Plain_GoesThrough()
    {
        using var client = await RawHttp2.ConnectAsync(_gateway.Address);
        Assert.Equal("headers", await client.SendAsync((":method", "GET"), (":scheme", "http"), (":path", "/x?y"), (":authority", "a"), ("te", "trailers")));
        Assert.Equal(("HTTP/2", 200, "/x"), (await _gateway.Calls.NextAsync()) switch { var r => (r.Protocol, r.Status, r.Path) });
    }

    [Fact]
    public async Task Host_BesideAnotherAuthority_OneOfThemCounts()
    {
        var hosts = new List<string>();
        _upstream.Handler = c =>
        {
            hosts.Add(c.Request.Headers["X-Forwarded-Host"].ToString());
            return Task.CompletedTask;
        };
        using var client = await RawHttp2.ConnectAsync(_gateway.Address);
        var end = await client.SendAsync((":method", "GET"), (":scheme", "http"), (":path", "/"), (":authority", "a"), ("host", "b"));
        if (end == "headers") Assert.Equal(["a"], hosts);
        else Assert.Empty(hosts);
    }
}
