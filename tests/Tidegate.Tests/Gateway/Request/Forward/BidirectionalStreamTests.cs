using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>Both sides talk in turns on one call: neither may ever have to finish before the other is heard.</summary>
public sealed class BidirectionalStreamTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1)]
    [InlineData(3)] // a retry may need the body again: what is kept for it must not be gathered first
    public async Task Grpc_ClientAndServerInTurns_EachMessageArrivesBeforeTheNextIsSent(int attempts)
    {
        await using var upstream = await TestUpstream.StartAsync(EchoAsync, HttpProtocols.Http2);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, attempts, retryUnsafe: true));
        using var client = gateway.NewClient(version: HttpVersion.Version20);
        using var body = new TalkContent();

        var response = await AskAsync(client, body); // headers come while nothing has been said yet
        await using var answer = await response.Content.ReadAsStreamAsync(Cancel);
        for (byte i = 1; i <= 5; i++)
        {
            byte[] message = [0, 0, 0, 0, 1, i];
            body.Say(message);
            var echo = new byte[message.Length];
            await answer.ReadExactlyAsync(echo, Cancel).AsTask().WaitAsync(Limit, Cancel);
            Assert.Equal(message, echo);
        }

        body.End();
        Assert.Equal(0, await answer.ReadAsync(new byte[1], Cancel).AsTask().WaitAsync(Limit, Cancel));
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, 0, 30, 30), (record.Outcome, record.GrpcStatus, record.RequestBytes, record.ResponseBytes));
    }

    [Fact]
    public async Task Grpc_ServerAnswersOnlyAfterTheFirstMessage_TheMessageIsNotHeldBack()
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            c.Response.ContentType = "application/grpc";
            var message = new byte[6];
            await c.Request.Body.ReadExactlyAsync(message, c.RequestAborted); // no headers before it
            await c.Response.Body.WriteAsync(message, c.RequestAborted);
            c.Response.AppendTrailer("grpc-status", "0");
        }, HttpProtocols.Http2);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, 3, retryUnsafe: true));
        using var client = gateway.NewClient(version: HttpVersion.Version20);
        using var body = new TalkContent();
        body.Say([0, 0, 0, 0, 1, 7]);

        // The server ends the call; the caller never says that it has.
        var response = await AskAsync(client, body);
        Assert.Equal([0, 0, 0, 0, 1, 7], await response.Content.ReadAsByteArrayAsync(Cancel).WaitAsync(Limit, Cancel));

        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
        body.End();
    }

    private static async Task EchoAsync(HttpContext context)
    {
        context.Response.ContentType = "application/grpc";
        await context.Response.StartAsync(context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        while (await context.Request.BodyReader.ReadAsync(context.RequestAborted) is { Buffer.IsEmpty: false } read)
        {
            foreach (var part in read.Buffer) await context.Response.Body.WriteAsync(part, context.RequestAborted);
            context.Request.BodyReader.AdvanceTo(read.Buffer.End);
        }

        context.Response.AppendTrailer("grpc-status", "0");
    }

    private static ConfigDocument One(Uri address, int attempts, bool retryUnsafe) => Config.Document(
        Config.Service("svc", new ServiceConfig
        {
            Destinations = [new DestinationConfig { Name = "d", Address = address }],
            Resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = attempts } },
        }),
        Config.Route("all", "svc", r => r with { RetryUnsafe = retryUnsafe }));

    private static Task<HttpResponseMessage> AskAsync(HttpClient client, TalkContent body)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/echo.Echo/Talk") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = body };
        request.Headers.TryAddWithoutValidation("TE", "trailers");
        return client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel).WaitAsync(Limit, Cancel);
    }
}
