using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>The protocols that pass through: what must arrive on the other side as it was sent.</summary>
public sealed class ProtocolTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Semantics1_8_HopByHopHeaders_BothWays_AreRemovedAndTheRestPasses()
    {
        var head = new TaskCompletionSource<string>();
        await using var upstream = RawUpstream.Start(async c =>
        {
            head.SetResult(await c.ReadHeadAsync());
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: X-Private\r\nX-Private: 1\r\nKeep-Alive: timeout=5\r\nAlt-Svc: h3=\":443\"\r\nProxy-Authenticate: Basic\r\n"
                + "Set-Cookie: a=1\r\nSet-Cookie: b=2\r\nX-Latin: \u00e9\r\n\r\n");
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));

        var response = await gateway.RawAsync(
            "GET /a%2Fb//c/?q=%20x&y HTTP/1.1\r\nHost: caller\r\nConnection: keep-alive\r\nTE: trailers\r\nProxy-Authorization: secret\r\nCookie: a=1\r\nX-Latin: \u00e9\r\nContent-Language: de\r\n\r\n");

        var sent = await head.Task;
        Assert.StartsWith("GET /a%2Fb//c/?q=%20x&y HTTP/1.1\r\n", sent, StringComparison.Ordinal);
        Assert.Contains($"Host: {upstream.Address.Authority}\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("X-Latin: \u00e9\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("Cookie: a=1\r\n", sent, StringComparison.Ordinal);
        Assert.Contains("Content-Language: de\r\n", sent, StringComparison.Ordinal);
        foreach (var gone in new[] { "TE:", "Proxy-Authorization", "Connection" }) Assert.DoesNotContain(gone, sent, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("a=1, b=2", response.Header("Set-Cookie"));
        Assert.Equal("\u00e9", response.Header("X-Latin"));
        foreach (var gone in new[] { "X-Private", "Keep-Alive", "Alt-Svc", "Proxy-Authenticate" }) Assert.Null(response.Header(gone));
    }

    [Theory]
    [InlineData("Connection: keep-alive, X-Mine")]
    [InlineData("Connection: X-Mine, close")]
    [InlineData("Connection: keep-alive\r\nConnection: x-mine")]
    [InlineData("connection:keep-alive,\tX-MINE")]
    public async Task Semantics1_8_NominatedHeaders_OfTheCaller_AreNotPassedOn(string connection)
    {
        var head = new TaskCompletionSource<string>();
        await using var upstream = RawUpstream.Start(async c =>
        {
            head.SetResult(await c.ReadHeadAsync());
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n");
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));

        Assert.Equal(200, (await gateway.RawAsync($"GET / HTTP/1.1\r\nHost: a\r\n{connection}\r\nX-Mine: 1\r\nX-Other: 2\r\n\r\n")).Status);

        var sent = await head.Task;
        Assert.DoesNotContain("X-Mine", sent, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Other: 2\r\n", sent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Headers_CallerNominatesItsOwnAndCloses_TheConnectionCloses()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\nConnection: close, X-Mine\r\nX-Mine: 1\r\n\r\n");

        Assert.Equal("close", (await client.ReadResponseAsync()).Header("Connection"));
        Assert.Equal("", await client.Connection.ReadToEndAsync());
    }

    [Theory]
    [InlineData("connection: close, host")]
    [InlineData("connection: content-length")]
    public async Task Headers_CallerNominatesFraming_ItStays(string header)
    {
        await using var upstream = await TestUpstream.StartAsync(async c => await c.Response.WriteAsync(await new StreamReader(c.Request.Body).ReadToEndAsync()));
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        Assert.Equal("abc", (await gateway.RawAsync($"POST / HTTP/1.1\r\nhost: a\r\ncontent-length: 3\r\n{header}\r\n\r\nabc")).Body);
    }

    [Fact]
    public async Task Host_Preserved_OnlyWhenTheServiceSaysSo()
    {
        await using var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync(c.Request.Host.Value!));
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, s => s with { PreserveHost = true }));
        Assert.Equal("shop.example", (await gateway.RawAsync("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n")).Body);
    }

    [Fact]
    public async Task CompressedBody_PassesByteForByte()
    {
        var bytes = RandomNumberGenerator.GetBytes(50_000);
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            c.Response.Headers.ContentEncoding = "gzip";
            return c.Response.Body.WriteAsync(bytes).AsTask();
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        var response = await gateway.GetAsync("/", ("Accept-Encoding", "gzip"));
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal("gzip", response.Content.Headers.ContentEncoding.Single());
        Assert.Equal(50_000, (await gateway.Calls.NextAsync()).ResponseBytes);
    }

    [Fact]
    public async Task LargeBodies_BothWays_AreWholeAndCounted()
    {
        var bytes = RandomNumberGenerator.GetBytes(3_000_000);
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            var all = new MemoryStream();
            await c.Request.Body.CopyToAsync(all);
            await c.Response.Body.WriteAsync(all.ToArray());
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        var response = await gateway.SendAsync(HttpMethod.Post, "/", content: new ByteArrayContent(bytes));
        Assert.Equal(bytes, await response.Content.ReadAsByteArrayAsync(Cancel));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((3_000_000, 3_000_000), (record.RequestBytes, record.ResponseBytes));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Expect100Continue_EndToEnd_TheUpstreamDecides(bool wanted)
    {
        var heads = new List<string>();
        await using var upstream = RawUpstream.Start(async c =>
        {
            heads.Add(await c.ReadHeadAsync());
            if (!wanted)
            {
                await c.WriteAsync("HTTP/1.1 417 Expectation Failed\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                return;
            }

            await c.WriteAsync("HTTP/1.1 100 Continue\r\n\r\n");
            var body = await c.ReadAsync(2000);
            await c.WriteAsync($"HTTP/1.1 200 OK\r\nContent-Length: 2000\r\n\r\n{body}");
            await c.ReadToEndAsync();
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.Connection.WriteAsync("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 2000\r\nExpect: 100-continue\r\n\r\n");
        if (wanted)
        {
            Assert.StartsWith("HTTP/1.1 100", await client.Connection.ReadHeadAsync(), StringComparison.Ordinal);
            await client.Connection.WriteAsync(new string('a', 2000));
        }

        var response = await client.ReadResponseAsync();
        Assert.Contains("Expect: 100-continue\r\n", Assert.Single(heads), StringComparison.Ordinal);
        Assert.Equal(wanted ? (200, new string('a', 2000)) : (417, ""), (response.Status, response.Body));
    }

    [Fact]
    public async Task WebSocket_OverHttp1_EchoesAndIsRecorded()
    {
        await using var upstream = await TestUpstream.StartAsync(EchoAsync);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var socket = new ClientWebSocket();

        await socket.ConnectAsync(new Uri($"ws://{gateway.Address.Authority}/ws"), Cancel);
        await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancel);
        var buffer = new byte[100];
        var received = await socket.ReceiveAsync(buffer, Cancel);
        Assert.Equal("hello", Encoding.UTF8.GetString(buffer, 0, received.Count));
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, 101, "websocket", 1), (record.Outcome, record.Status, record.Kind, record.AttemptCount));
        Assert.Equal((6 + 5 + 6 + 2, 2 + 5 + 2 + 2), (record.RequestBytes, record.ResponseBytes)); // a text and a close frame; the caller's are masked
        Assert.Equal(0, gateway.Status.Destinations[0].InFlight);
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task WebSocket_AnswerThatNamesItsVersion_GivesItToTheCall(string version)
    {
        await using var upstream = await TestUpstream.StartAsync(context =>
        {
            context.Response.Headers["X-Version"] = "1.4.2";
            return EchoAsync(context);
        });
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("svc", Config.Service("svc", upstream.Address).Spec with { VersionHeader = "X-Version", Protocol = UpstreamProtocol.Http1 }), Config.Route("all", "svc")));
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var socket = new ClientWebSocket();
        (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (Version.Parse(version), HttpVersionPolicy.RequestVersionExact);
        await socket.ConnectAsync(new Uri($"ws://{gateway.Address.Authority}/ws"), invoker, Cancel);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal(("websocket", "1.4.2"), (record.Kind, record.Version));
    }

    [Fact]
    public async Task WebSocket_FirstDestinationRefuses_TheNextIsTried()
    {
        await using var upstream = await TestUpstream.StartAsync(EchoAsync);
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("svc", new ServiceConfig
        {
            Destinations = [new() { Address = RawUpstream.Refused() }, new() { Address = upstream.Address }], Balancing = new BalancingConfig { Policy = "roundRobin" },
        }), Config.Route("all", "svc")));
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new Uri($"ws://{gateway.Address.Authority}/ws"), Cancel);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);
        Assert.Equal(2, (await gateway.Calls.NextAsync()).AttemptCount);
    }

    [Theory]
    [InlineData("1.1", 2, 101)]
    [InlineData("2.0", 2, 200)]
    [InlineData("1.1", 1, 503)]
    public async Task WebSocket_FirstReplicaAnswers503_AnotherIsTriedWhenThePolicyAllows(string version, int maxAttempts, int status)
    {
        await using var full = await TestUpstream.StartAsync(c =>
        {
            c.Response.StatusCode = 503;
            c.Response.Headers["X-From"] = "full";
            return c.Response.WriteAsync("no room");
        });
        await using var upstream = await TestUpstream.StartAsync(EchoAsync);
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("svc", new ServiceConfig
        {
            Destinations = [new() { Name = "full", Address = full.Address }, new() { Name = "good", Address = upstream.Address }], Balancing = new BalancingConfig { Policy = "roundRobin" },
            Protocol = UpstreamProtocol.Http1, Resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = maxAttempts, BackoffBase = TimeSpan.FromMilliseconds(1) } },
        }), Config.Route("all", "svc")));
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var socket = new ClientWebSocket();
        (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy, socket.Options.CollectHttpResponseDetails) = (Version.Parse(version), HttpVersionPolicy.RequestVersionExact, true);

        var connecting = socket.ConnectAsync(new Uri($"ws://{gateway.Address.Authority}/ws"), invoker, Cancel);

        if (maxAttempts == 1)
        {
            await Assert.ThrowsAsync<WebSocketException>(() => connecting); // its answer is passed on
            Assert.Equal(503, (int)socket.HttpStatusCode);
        }
        else
        {
            await connecting;
            Assert.False(socket.HttpResponseHeaders!.ContainsKey("X-From")); // nothing of the answer that was dropped
            await socket.SendAsync("hello"u8.ToArray(), WebSocketMessageType.Text, endOfMessage: true, Cancel);
            Assert.Equal(5, (await socket.ReceiveAsync(new byte[100], Cancel)).Count);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);
        }

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((status, maxAttempts, maxAttempts == 1 ? "full" : "good"), (record.Status, record.AttemptCount, record.Destination));
        Assert.Equal((CallOutcome.UpstreamError, 503), (record.Attempt(0).Outcome, record.Attempt(0).Status));
        Assert.All(gateway.Status.Destinations, d => Assert.Equal(0, d.InFlight));
    }

    [Fact]
    public async Task Http2Upstream_ClearTextWithPriorKnowledge()
    {
        await using var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync(c.Request.Protocol), HttpProtocols.Http2);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, s => s with { Protocol = UpstreamProtocol.Http2 }));
        Assert.Equal("HTTP/2", await (await gateway.GetAsync("/")).Content.ReadAsStringAsync(Cancel));
    }

    [Fact]
    public async Task UpstreamTls_CustomAuthorityServerNameAndClientCertificate_NegotiatesHttp2()
    {
        using var files = new TlsFiles("orders.internal");
        await using var upstream = await TestUpstream.StartAsync(
            c => c.Response.WriteAsync($"{c.Request.Protocol} {c.Connection.ClientCertificate?.Subject}"), HttpProtocols.Http1AndHttp2, files.Server,
            k => k.ConfigureHttpsDefaults(h =>
            {
                h.ClientCertificateMode = ClientCertificateMode.RequireCertificate;
                h.AllowAnyClientCertificate();
            }));
        var tls = new UpstreamTlsConfig { CaFile = files.CaFile, ServerName = "orders.internal", CertificateFile = files.CertificateFile, KeyFile = files.KeyFile };
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, s => s with { Tls = tls }));

        var response = await gateway.GetAsync("/");
        Assert.Equal("HTTP/2 CN=orders.internal", await response.Content.ReadAsStringAsync(Cancel));
    }

    [Theory]
    [InlineData("localhost", null, true, "localhost", "shop.example")] // Host is the caller's; who is connected to is not
    [InlineData("localhost", null, false, "localhost", null)]
    [InlineData("orders.internal", "orders.internal", true, "orders.internal", "shop.example")]
    [InlineData("orders.internal", "orders.internal", false, "orders.internal", null)]
    public async Task UpstreamTls_ServerNameSentAndChecked_NeverTheCallersHost(string certificate, string? serverName, bool preserveHost, string expected, string? host)
    {
        using var files = new TlsFiles(certificate);
        var asked = new System.Collections.Concurrent.ConcurrentQueue<string?>();
        await using var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync(c.Request.Host.Value!), HttpProtocols.Http1AndHttp2, files.Server,
            k => k.ConfigureHttpsDefaults(h => h.OnAuthenticate = (_, options) =>
            {
                (options.ServerCertificateContext, options.ServerCertificate) = (null, null);
                options.ServerCertificateSelectionCallback = (_, name) =>
                {
                    asked.Enqueue(name);
                    return files.Server;
                };
            }));
        var address = new Uri($"https://localhost:{upstream.Address.Port}");
        await using var gateway = await TestGateway.StartAsync(One(address, s => s with { PreserveHost = preserveHost, Tls = new UpstreamTlsConfig { CaFile = files.CaFile, ServerName = serverName } }));

        var response = await gateway.RawAsync("GET / HTTP/1.1\r\nHost: shop.example\r\n\r\n");

        Assert.Equal((200, host ?? address.Authority), (response.Status, response.Body));
        Assert.Equal([expected], asked.Distinct());
    }

    [Fact]
    public async Task UpstreamTls_UnknownAuthority_Is502UnlessSkipped()
    {
        using var files = new TlsFiles("orders.internal");
        await using var upstream = await TestUpstream.StartAsync(certificate: files.Server);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));

        Assert.Equal(502, (int)(await gateway.GetAsync("/")).StatusCode);
        Assert.Contains("TLS", (await gateway.Calls.NextAsync()).Error, StringComparison.Ordinal);
        gateway.Apply(One(upstream.Address, s => s with { Tls = new UpstreamTlsConfig { InsecureSkipVerify = true } }));
        Assert.Equal(200, (int)(await gateway.GetAsync("/")).StatusCode);
    }

    [Fact]
    public async Task UpstreamTls_MissingFile_RejectsTheDocumentAndTheOldOneServes()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        gateway.Apply(One(upstream.Address, s => s with { Tls = new UpstreamTlsConfig { CaFile = "/nowhere/ca.pem" } }));

        Assert.Contains(gateway.Status.Rejected, f => f.Path == "spec.tls.caFile");
        Assert.Equal(200, (int)(await gateway.GetAsync("/")).StatusCode);
    }

    private static ConfigDocument One(Uri address, Func<ServiceConfig, ServiceConfig>? change = null)
    {
        var config = new ServiceConfig
        {
            Destinations = [new DestinationConfig { Name = "d", Address = address }], Resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 1 } },
        };
        return Config.Document(Config.Service("svc", change?.Invoke(config) ?? config), Config.Route("all", "svc"));
    }

    private static async Task EchoAsync(HttpContext context)
    {
        using var socket = await context.WebSockets.AcceptWebSocketAsync();
        var buffer = new byte[100];
        while (await socket.ReceiveAsync(buffer, context.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
            await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, context.RequestAborted);
        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", context.RequestAborted);
    }
}
