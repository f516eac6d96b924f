using System.Net;
using System.Net.WebSockets;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>Semantics 1.8, body limits enforced while streaming: over HTTP/2 and for gRPC as over HTTP/1.1, and whatever of the answer has been sent.</summary>
public sealed class StreamedBodyLimitTests
{
    private const int Limit = 1000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("application/grpc", Limit, true)]
    [InlineData("application/grpc", Limit + 1, false)]
    [InlineData("application/grpc+proto", Limit + 1, false)]
    [InlineData("text/plain", Limit, true)]
    [InlineData("text/plain", Limit + 1, false)]
    public async Task Semantics1_8_BodyAnnounced_IsHeldToTheLimit(string type, int length, bool passes)
    {
        await using var upstream = await TestUpstream.StartAsync(EchoAsync, HttpProtocols.Http2);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var client = gateway.NewClient(version: HttpVersion.Version20);
        using var body = new ByteArrayContent(new byte[length]);
        body.Headers.ContentType = new(type);

        using var response = await AskAsync(client, body);

        Assert.Equal(passes ? 1 : 0, upstream.Requests);
        if (passes) Assert.Equal(length, (await response.Content.ReadAsByteArrayAsync(Cancel)).Length);
        else await IsRefusedAsync(gateway, response, type);
    }

    [Theory]
    [InlineData("application/grpc")]
    [InlineData("text/plain")]
    public async Task Semantics1_8_BodyOutgrowsTheLimitBeforeTheAnswer_IsRefusedAndTheUpstreamSeesNoMoreThanTheLimit(string type)
    {
        var received = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            long bytes = 0;
            try
            {
                var buffer = new byte[100];
                while (await c.Request.Body.ReadAsync(buffer, c.RequestAborted) is > 0 and var read) bytes += read;
            }
            finally
            {
                received.TrySetResult(bytes);
            }
        }, HttpProtocols.Http2);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var client = gateway.NewClient(version: HttpVersion.Version20);
        using var body = new TalkContent(type);
        for (var i = 0; i < 11; i++) body.Say(new byte[100]);

        using var response = await AskAsync(client, body);

        await IsRefusedAsync(gateway, response, type);
        Assert.InRange(await received.Task.WaitAsync(Patience, Cancel), 0, Limit);
        Assert.Equal("closed", gateway.Status.Destinations[0].Breaker);
        body.End();
    }

    [Fact]
    public async Task Semantics1_8_GrpcStreamOutgrowsTheLimitAfterTheAnswerBegan_EndsWithResourceExhausted()
    {
        await using var upstream = await TestUpstream.StartAsync(EchoAsync, HttpProtocols.Http2);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var client = gateway.NewClient(version: HttpVersion.Version20);
        using var body = new TalkContent();
        using var response = await AskAsync(client, body);
        await using var answer = await response.Content.ReadAsStreamAsync(Cancel);
        for (var i = 0; i < 10; i++)
        {
            body.Say(new byte[100]);
            await answer.ReadExactlyAsync(new byte[100], Cancel).AsTask().WaitAsync(Patience, Cancel); // what is within the limit passes
        }

        body.Say(new byte[1]);

        Assert.Equal(0, await answer.ReadAsync(new byte[1], Cancel).AsTask().WaitAsync(Patience, Cancel));
        Assert.Equal("8", response.TrailingHeaders.GetValues("grpc-status").Single());
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.BadRequest, 8, 1), (record.Outcome, record.GrpcStatus, record.AttemptCount));
        body.End();
    }

    [Fact]
    public async Task Semantics1_8_Http2StreamOutgrowsTheLimitAfterTheAnswerBegan_NeverEndsCleanly()
    {
        await using var upstream = await TestUpstream.StartAsync(EchoAsync, HttpProtocols.Http2);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var client = gateway.NewClient(version: HttpVersion.Version20);
        using var body = new TalkContent("text/plain");
        using var response = await AskAsync(client, body);

        body.Say(new byte[Limit + 1]);

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsByteArrayAsync(Cancel).WaitAsync(Patience, Cancel));
        Assert.Equal(CallOutcome.BadRequest, (await gateway.Calls.NextAsync()).Outcome);
        body.End();
    }

    [Fact]
    public async Task Semantics1_8_Http1BodyOutgrowsTheLimitAfterTheAnswerBegan_NeverEndsCleanly()
    {
        await using var upstream = await TestUpstream.StartAsync(EchoAsync, HttpProtocols.Http2);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n");
        var head = await client.Connection.ReadUntilAsync("\r\n\r\n1\r\na\r\n");
        Assert.StartsWith("HTTP/1.1 200", head, StringComparison.Ordinal);

        await client.Connection.WriteAsync($"7d0\r\n{new string('x', 2000)}\r\n");

        Assert.DoesNotContain("\r\n0\r\n", await client.Connection.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal(CallOutcome.BadRequest, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task GrpcStream_RouteWithoutALimit_GoesOn()
    {
        await using var upstream = await TestUpstream.StartAsync(EchoAsync, HttpProtocols.Http2);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, 0));
        using var client = gateway.NewClient(version: HttpVersion.Version20);
        using var body = new TalkContent();
        using var response = await AskAsync(client, body);
        for (var i = 0; i < 50; i++) body.Say(new byte[1_000_000]);
        body.End();
        Assert.Equal(50_000_000, (await response.Content.ReadAsByteArrayAsync(Cancel).WaitAsync(Patience, Cancel)).Length);
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
    }

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task WebSocket_IsATunnelAndNoBody(string version)
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            using var socket = await c.WebSockets.AcceptWebSocketAsync();
            var buffer = new byte[8192];
            while (await socket.ReceiveAsync(buffer, c.RequestAborted) is { MessageType: not WebSocketMessageType.Close } message)
                await socket.SendAsync(buffer.AsMemory(0, message.Count), message.MessageType, message.EndOfMessage, c.RequestAborted);
            await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", c.RequestAborted);
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, Limit, UpstreamProtocol.Http1));
        using var invoker = new HttpMessageInvoker(new SocketsHttpHandler());
        using var socket = new ClientWebSocket();
        (socket.Options.HttpVersion, socket.Options.HttpVersionPolicy) = (Version.Parse(version), HttpVersionPolicy.RequestVersionExact);
        await socket.ConnectAsync(new Uri($"ws://{gateway.Address.Authority}/ws"), invoker, Cancel);
        var buffer = new byte[8192];
        for (var i = 0; i < 3; i++)
        {
            await socket.SendAsync(new byte[Limit], WebSocketMessageType.Binary, endOfMessage: true, Cancel);
            Assert.Equal(Limit, (await socket.ReceiveAsync(buffer, Cancel).WaitAsync(Patience, Cancel)).Count);
        }

        await socket.CloseAsync(WebSocketCloseStatus.NormalClosure, "", Cancel);
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    private static async Task IsRefusedAsync(TestGateway gateway, HttpResponseMessage response, string type)
    {
        var isGrpc = type.StartsWith("application/grpc", StringComparison.Ordinal);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.BadRequest, isGrpc ? 200 : 413), (record.Outcome, record.Status));
        Assert.Equal(record.Status, (int)response.StatusCode);
        if (isGrpc) Assert.Equal(("8", 8), (response.Headers.GetValues("grpc-status").Single(), record.GrpcStatus)); // a trailers-only answer: RESOURCE_EXHAUSTED
    }

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, HttpContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/echo.Echo/Talk") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = body };
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel).WaitAsync(Patience, Cancel);
    }

    private static async Task EchoAsync(HttpContext context)
    {
        context.Response.ContentType = context.Request.ContentType;
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await context.Request.Body.CopyToAsync(context.Response.Body, context.RequestAborted);
        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static ConfigDocument One(Uri address, long maxBodySize = Limit, UpstreamProtocol protocol = UpstreamProtocol.Http2) => Config.Document(
        Config.Service("svc", new ServiceConfig
        {
            Destinations = [new DestinationConfig { Name = "d", Address = address }], Protocol = protocol,
            Resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 1 } },
        }),
        Config.Route("all", "svc", r => r with { MaxBodySize = maxBodySize }));
}
