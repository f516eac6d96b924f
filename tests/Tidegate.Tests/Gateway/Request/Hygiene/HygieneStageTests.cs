using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Hygiene;

/// <summary>Semantics 1.8: request smuggling shapes refused, header limits, hop-by-hop headers removed. Whoever refuses, Kestrel or we: one answer, one record.</summary>
public sealed class HygieneStageTests : IAsyncLifetime
{
    private TestUpstream _upstream = null!;
    private TestGateway _gateway = null!;

    public async ValueTask InitializeAsync()
    {
        _upstream = await TestUpstream.StartAsync(async c =>
        {
            using var body = new MemoryStream();
            await c.Request.Body.CopyToAsync(body, c.RequestAborted);
            await c.Response.WriteAsync($"{c.Request.Method} {body.Length}\n" + string.Join('\n', c.Request.Headers.Select(h => $"{h.Key}={h.Value}")));
        });
        _gateway = await TestGateway.StartAsync(Config.Single(_upstream.Address));
    }

    public async ValueTask DisposeAsync()
    {
        await _gateway.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    public static TheoryData<string, string, int> Shapes => new()
    {
        { "Transfer-Encoding and Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nX", 400 },
        { "Content-Length after Transfer-Encoding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nContent-Length: 6\r\n\r\n0\r\n\r\nX", 400 },
        { "two Content-Lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\nabcd", 400 },
        { "two equal Content-Lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 3\r\n\r\nabc", 400 },
        { "list of Content-Lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 3\r\n\r\nabc", 400 },
        { "Content-Length with a plus", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +3\r\n\r\nabc", 400 },
        { "Content-Length with a plus and a zero", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: +0\r\n\r\n", 400 },
        { "minus zero as Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -0\r\n\r\n", 400 },
        { "empty Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \r\n\r\n", 400 },
        { "fraction as Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3.0\r\n\r\nabc", 400 },
        { "thousands in Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1,000\r\n\r\nabc", 400 },
        { "digits of another script as Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: \u00b3\r\n\r\nabc", 400 },
        { "Content-Length of many digits", $"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: {new string('9', 400)}\r\n\r\nabc", 400 },
        { "list of Content-Lengths, no space", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3,3\r\n\r\nabc", 400 },
        { "list of different Content-Lengths", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 3, 4\r\n\r\nabc", 400 },
        { "negative Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -3\r\n\r\n", 400 },
        { "hexadecimal Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0x3\r\n\r\nabc", 400 },
        { "huge Content-Length", "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 18446744073709551619\r\n\r\nabc", 400 },
        { "unknown transfer coding", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", 400 },
        { "two transfer codings", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 400 },
        { "chunked twice", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
        { "chunked not last", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n", 400 },
        { "chunked, hidden by a tab", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding:\tchunked,\t\r\n\r\n0\r\n\r\n", 400 },
        { "chunked, hidden by a vertical tab", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: \u000bchunked\r\n\r\n0\r\n\r\n", 400 },
        { "space before the colon", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 400 },
        { "chunked over HTTP/1.0", "POST / HTTP/1.0\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400 },
        { "folded line", "GET / HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n\r\n", 400 },
        { "folded first line", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", 400 },
        { "no colon", "GET / HTTP/1.1\r\nHost: a\r\nX-A\r\n\r\n", 400 },
        { "empty name", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n", 400 },
        { "name that is no token", "GET / HTTP/1.1\r\nHost: a\r\nX(A): x\r\n\r\n", 400 },
        { "NUL in a value", "GET / HTTP/1.1\r\nHost: a\r\nX-A: a\0b\r\n\r\n", 400 },
        { "bell in a value", "GET / HTTP/1.1\r\nHost: a\r\nX-A: a\u0007b\r\n\r\n", 400 },
        { "delete in a value", "GET / HTTP/1.1\r\nHost: a\r\nCookie: a\u007fb\r\n\r\n", 400 },
        { "carriage return in a value", "GET / HTTP/1.1\r\nHost: a\r\nX-A: a\rb\r\n\r\n", 400 },
        { "line feed alone", "GET / HTTP/1.1\nHost: a\n\n", 400 },
        { "no Host", "GET / HTTP/1.1\r\n\r\n", 400 },
        { "two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400 },
        { "Host that is none", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400 },
        { "Host with user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400 },
        { "absolute form of another Host", "GET http://b/ HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "space in the target", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "control in the target", "GET /a\u0001b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "tab in the target", "GET /a\tb HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "byte above 127 in the target", "GET /a\u00e9 HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "NUL in the path", "GET /a%00b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "fragment", "GET /a#b HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "unknown version", "GET / HTTP/3.7\r\nHost: a\r\n\r\n", 505 },
        { "version in lower case", "GET / http/1.1\r\nHost: a\r\n\r\n", 505 },
        { "garbage", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\r\n\r\n", 400 },
        { "TRACE", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405 },
        { "CONNECT", "CONNECT a:443 HTTP/1.1\r\nHost: a:443\r\n\r\n", 405 },
        { "bad chunk size", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nab\r\n0\r\n\r\n", 400 },
        { "chunk size beyond reason", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\nab\r\n0\r\n\r\n", 400 },
        { "chunk without its end", "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabcd0\r\n\r\n", 400 },
        { "method in small letters", "delete / HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "method in mixed letters", "DeLeTe / HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "HEAD in small letters", "head / HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "CONNECT in small letters", "connect / HTTP/1.1\r\nHost: a\r\n\r\n", 400 },
        { "long target", $"GET /{new string('a', 9000)} HTTP/1.1\r\nHost: a\r\n\r\n", 414 },
        { "long header", $"GET / HTTP/1.1\r\nHost: a\r\nX-A: {new string('a', 40_000)}\r\n\r\n", 431 },
        { "many headers", $"GET / HTTP/1.1\r\nHost: a\r\n{string.Concat(Enumerable.Range(0, 101).Select(i => $"X-{i}: 1\r\n"))}\r\n", 431 },
    };

    [Theory]
    [MemberData(nameof(Shapes))]
    public async Task Semantics1_8_SmugglingOrMalformedShape_IsRefusedClosedAndRecordedOnce(string shape, string bytes, int status)
    {
        using var client = await RawClient.ConnectAsync(_gateway.Address);
        await client.Connection.WriteAsync(bytes);
        var response = await client.ReadResponseAsync();
        var rest = status == 405 ? "" : await client.Connection.ReadToEndAsync();

        Assert.True(status == response.Status, $"{shape}: {response.Status} instead of {status}: {response.Body}");
        // The server reads no further, and asks nobody.
        if (shape == "NUL in the path") Assert.Equal("", response.Body);
        Assert.Equal("", rest); // nothing behind it is taken for a request: the connection is closed
        var record = await _gateway.Calls.NextAsync();
        Assert.Equal((status, CallOutcome.BadRequest, "127.0.0.1"), (record.Status, record.Outcome, record.ClientIp));
        Assert.NotEqual("", record.Error);
        Assert.Single(_gateway.Calls.Records);
    }

    [Theory]
    [InlineData("GET http://a/x HTTP/1.1\r\nHost: a\r\n\r\n")]
    [InlineData("GET / HTTP/1.1\r\nHost: a\r\nX-A: a\tb\r\n\r\n")]
    [InlineData("GET / HTTP/1.0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0003\r\n\r\nabc")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 000000000000000000000000000003\r\n\r\nabc")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: Chunked\r\n\r\n0\r\n\r\n")]
    [InlineData("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2;ext=1\r\nab\r\n0\r\nX-T: 1\r\n\r\n")]
    public async Task Request_UnusualButLegal_GoesThrough(string bytes)
    {
        var response = await _gateway.RawAsync(bytes);
        var record = await _gateway.Calls.NextAsync();
        Assert.Equal((200, CallOutcome.Ok, ""), (response.Status, record.Outcome, record.Error));
    }

    [Fact]
    public async Task Method_OfNobody_GoesOnAsItIsWritten()
    {
        Assert.StartsWith("Purge 0", (await _gateway.RawAsync("Purge / HTTP/1.1\r\nHost: a\r\n\r\n")).Body, StringComparison.Ordinal);
        Assert.Equal("Purge", (await _gateway.Calls.NextAsync()).Method);
    }

    [Fact]
    public async Task CallId_ThatTheCallerMadeUp_IsNotSentOn()
    {
        var response = await _gateway.RawAsync("GET / HTTP/1.1\r\nHost: a\r\nx-tidegate-call-id: spoof\r\n\r\n");
        Assert.DoesNotContain("spoof", response.Body, StringComparison.Ordinal);
        Assert.Equal((await _gateway.Calls.NextAsync()).Id.ToString("N"), response.Header("X-Tidegate-Call-Id"));
    }

    [Fact]
    public async Task Semantics1_8_HopByHopAndNominatedHeaders_AreNotSentOn()
    {
        var response = await _gateway.RawAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: keep-alive, X-Mine\r\nX-Mine: 1\r\nX-Yours: 1\r\nKeep-Alive: timeout=5\r\n"
            + "Proxy-Connection: x\r\nProxy-Authorization: Basic x\r\nTE: gzip\r\n\r\n");
        Assert.Contains("X-Yours=1", response.Body, StringComparison.Ordinal);
        foreach (var name in new[] { "X-Mine", "Keep-Alive", "Proxy-Connection", "Proxy-Authorization", "TE=" })
            Assert.DoesNotContain(name, response.Body, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Headers_BytesAboveAscii_PassUnchanged()
    {
        _upstream.Handler = c =>
        {
            c.Response.Headers["X-Echo"] = c.Request.Headers["X-A"];
            return Task.CompletedTask;
        };
        await using var raw = RawUpstream.Start(async connection =>
        {
            var head = await connection.ReadHeadAsync();
            var line = head.Split("\r\n").Single(l => l.StartsWith("X-A:", StringComparison.OrdinalIgnoreCase));
            await connection.WriteAsync($"HTTP/1.1 200 OK\r\nX-Echo:{line[4..]}\r\nContent-Length: 0\r\n\r\n");
        });
        _gateway.Apply(Config.Single(raw.Address));
        var response = await _gateway.RawAsync("GET / HTTP/1.1\r\nHost: a\r\nX-A: gr\u00fc\u00c3\u00bc\u00ff\r\n\r\n");
        Assert.Equal("gr\u00fc\u00c3\u00bc\u00ff", response.Header("X-Echo"));
    }
}
