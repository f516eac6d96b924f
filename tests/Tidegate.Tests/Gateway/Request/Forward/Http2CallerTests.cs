using System.Net;
using System.Net.Http.Headers;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>Callers that speak HTTP/2: trailers, gRPC, resets.</summary>
public sealed class Http2CallerTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trailers_FromHttp1Chunks_ReachTheCaller()
    {
        await using var upstream = RawUpstream.Answer("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-Sum\r\n\r\n4\r\nbody\r\n0\r\nX-Sum: 42\r\n\r\n");
        await using var peers = await Peers.StartAsync(One(upstream.Address));
        var response = await peers.Client.GetAsync("/", Cancel);
        Assert.Equal("body", await response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal("42", response.TrailingHeaders.GetValues("X-Sum").Single());
    }

    [Fact]
    public async Task UpstreamBreaksOff_StreamIsResetAndNeverEndsCleanly()
    {
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await Task.Delay(100);
            c.Reset();
        });
        await using var peers = await Peers.StartAsync(One(upstream.Address));
        var response = await peers.Client.GetAsync("/", HttpCompletionOption.ResponseHeadersRead, Cancel);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => response.Content.ReadAsStringAsync(Cancel));
        Assert.Equal(CallOutcome.Truncated, (await peers.Gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData(0, CallOutcome.Ok)]
    [InlineData(5, CallOutcome.ClientError)]
    [InlineData(4, CallOutcome.Timeout)]
    [InlineData(13, CallOutcome.UpstreamError)]
    public async Task Grpc_Unary_StatusInTrailersIsPassedOnAndClassified(int status, CallOutcome outcome)
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            c.Response.ContentType = "application/grpc";
            await c.Request.Body.CopyToAsync(c.Response.Body, c.RequestAborted);
            c.Response.AppendTrailer("grpc-status", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }, HttpProtocols.Http2);
        await using var peers = await Peers.StartAsync(One(upstream.Address));

        var response = await peers.GrpcAsync(new byte[] { 0, 0, 0, 0, 1, 7 });

        Assert.Equal([0, 0, 0, 0, 1, 7], await response.Content.ReadAsByteArrayAsync(Cancel));
        Assert.Equal($"{status}", response.TrailingHeaders.GetValues("grpc-status").Single());
        var record = await peers.Gateway.Calls.NextAsync();
        Assert.Equal((outcome, status, "grpc"), (record.Outcome, record.GrpcStatus, record.Kind));
    }

    [Fact]
    public async Task Grpc_TrailersOnlyAnswers_ArePassedOnAndOpenTheBreaker()
    {
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            c.Response.ContentType = "application/grpc";
            c.Response.Headers["grpc-status"] = "14";
            return Task.CompletedTask;
        }, HttpProtocols.Http2);
        await using var peers = await Peers.StartAsync(One(upstream.Address, r => r with { Breaker = new BreakerConfig { MinimumCalls = 3 } }));

        for (var i = 0; i < 3; i++) Assert.Equal("14", (await peers.GrpcAsync([])).Headers.GetValues("grpc-status").Single());

        Assert.Equal("open", peers.Gateway.Status.Destinations[0].Breaker);
        Assert.Equal(3, upstream.Requests);
        Assert.Equal("14", (await peers.GrpcAsync([])).Headers.GetValues("grpc-status").Single()); // ours: UNAVAILABLE, in gRPC's own shape
        Assert.Equal(3, upstream.Requests);
    }

    [Fact]
    public async Task Grpc_StatusInTrailersOnly_OpensTheBreakerToo()
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            c.Response.ContentType = "application/grpc";
            await c.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 0 });
            c.Response.AppendTrailer("grpc-status", "13");
        }, HttpProtocols.Http2);
        await using var peers = await Peers.StartAsync(One(upstream.Address, r => r with { Breaker = new BreakerConfig { MinimumCalls = 3 } }));
        for (var i = 0; i < 3; i++) await (await peers.GrpcAsync([])).Content.ReadAsByteArrayAsync(Cancel);
        await peers.Gateway.Calls.WaitForAsync(3);
        Assert.Equal("open", peers.Gateway.Status.Destinations[0].Breaker);
    }

    [Fact]
    public async Task Semantics1_1_GrpcTimeout_WhatIsLeftIsSentOnAndEndsTheCall()
    {
        string? seen = null;
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            seen = c.Request.Headers["grpc-timeout"];
            return Task.Delay(Timeout.Infinite, c.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }, HttpProtocols.Http2);
        await using var peers = await Peers.StartAsync(One(upstream.Address));

        var response = await peers.GrpcAsync([], ("grpc-timeout", "3S"));

        Assert.Equal("4", response.Headers.GetValues("grpc-status").Single()); // DEADLINE_EXCEEDED
        Assert.InRange(int.Parse(seen!.TrimEnd('m'), System.Globalization.CultureInfo.InvariantCulture), 1, 3000);
    }

    private static ConfigDocument One(Uri address, Func<ResilienceConfig, ResilienceConfig>? change = null)
    {
        var resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 1 } };
        return Config.Document(Config.Service("svc", new ServiceConfig
        {
            Destinations = [new DestinationConfig { Name = "d", Address = address }], Resilience = change?.Invoke(resilience) ?? resilience,
            Health = new HealthConfig { Passive = new PassiveHealthConfig { ConsecutiveFailures = 0 } },
        }), Config.Route("all", "svc"));
    }

    private sealed record Peers(TestGateway Gateway, Http2Front Front, HttpClient Client) : IAsyncDisposable
    {
        public static async Task<Peers> StartAsync(ConfigDocument document)
        {
            var gateway = await TestGateway.StartAsync(document);
            var front = await Http2Front.StartAsync(gateway);
            return new Peers(gateway, front, gateway.NewClient(front.Address, HttpVersion.Version20));
        }

        public Task<HttpResponseMessage> GrpcAsync(byte[] message, params (string Name, string Value)[] headers)
        {
            var request = new HttpRequestMessage(HttpMethod.Post, "/svc/Method") { Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Content = new ByteArrayContent(message) };
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
            request.Headers.TryAddWithoutValidation("TE", "trailers");
            foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
            return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancel);
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Front.DisposeAsync();
            await Gateway.DisposeAsync();
        }
    }
}
