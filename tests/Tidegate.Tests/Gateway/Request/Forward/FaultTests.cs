using System.Net;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>What upstreams do wrong, one by one: the status the caller sees, the class in the record, and whose failure it is.</summary>
public sealed class FaultTests
{
    private const string Get = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

    [Fact]
    public async Task Fault_Refused_502UpstreamError()
    {
        await using var gateway = await TestGateway.StartAsync(One(RawUpstream.Refused()));
        await ExpectAsync(gateway, 502, CallOutcome.UpstreamError, "connection refused");
    }

    [Fact]
    public async Task Fault_ResetBeforeHeaders_502UpstreamError()
    {
        await using var upstream = RawUpstream.Start(async c => { await c.ReadHeadAsync(); c.Reset(); });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        await ExpectAsync(gateway, 502, CallOutcome.UpstreamError, "connection");
    }

    [Fact]
    public async Task Fault_ResetInHeaders_502UpstreamError()
    {
        await using var upstream = RawUpstream.Start(async c => { await c.ReadHeadAsync(); await c.WriteAsync("HTTP/1.1 200 OK\r\nX-A: 1"); await Task.Delay(20); c.Reset(); });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        await ExpectAsync(gateway, 502, CallOutcome.UpstreamError, "connection");
    }

    [Fact]
    public async Task Fault_HangBeforeHeaders_504Timeout()
    {
        await using var upstream = RawUpstream.Start(async c => { await c.ReadHeadAsync(); await c.ReadToEndAsync(); });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, r => r with { Deadline = TimeSpan.FromMilliseconds(150) }));
        await ExpectAsync(gateway, 504, CallOutcome.Timeout, "deadline");
    }

    [Fact]
    public async Task Fault_HangInHeaders_504Timeout()
    {
        await using var upstream = RawUpstream.Start(async c => { await c.ReadHeadAsync(); await c.WriteAsync("HTTP/1.1 200 OK\r\nX-A: "); await c.ReadToEndAsync(); });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, r => r with { Deadline = TimeSpan.FromMilliseconds(150) }));
        await ExpectAsync(gateway, 504, CallOutcome.Timeout, "deadline");
    }

    [Fact]
    public async Task Fault_Endless1xxStorm_EndsAtTheLimitOfHeaderBytesAs502()
    {
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            while (true) await c.WriteAsync("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n");
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        await ExpectAsync(gateway, 502, CallOutcome.UpstreamError, "too large");
    }

    [Fact]
    public async Task Fault_A1xxStormThatEnds_IsAnOrdinaryAnswer()
    {
        await using var upstream = RawUpstream.Answer(
            string.Concat(Enumerable.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", 500)) + "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        await ExpectAsync(gateway, 200, CallOutcome.Ok, "");
    }

    [Theory]
    [InlineData("SSH-2.0-OpenSSH_9.2\r\n")]
    [InlineData("HTTP/1.1 2OO OK\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nno colon here\r\n\r\n")]
    [InlineData("HTTP/1.1 000 X\r\nContent-Length: 2\r\n\r\nok")]
    [InlineData("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nraw")] // nobody asked for it
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n")] // the client undoes "chunked" and nothing else
    public async Task Fault_GarbageInsteadOfHttp_502UpstreamError(string garbage)
    {
        await using var upstream = RawUpstream.Answer(garbage);
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        await ExpectAsync(gateway, 502, CallOutcome.UpstreamError, "invalid response");
    }

    [Fact]
    public async Task Fault_TooLargeHeaders_502UpstreamError()
    {
        await using var upstream = RawUpstream.Answer($"HTTP/1.1 200 OK\r\nX-Big: {new string('a', 100_000)}\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        await ExpectAsync(gateway, 502, CallOutcome.UpstreamError, "too large");
    }

    [Fact]
    public async Task Fault_ControlByteInAHeader_NeverReachesTheCaller()
    {
        await using var upstream = RawUpstream.Answer("HTTP/1.1 200 OK\r\nX-Bad: a\u0001b\r\nContent-Length: 0\r\n\r\n");
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        await ExpectAsync(gateway, 502, CallOutcome.UpstreamError, "invalid");
    }

    [Fact]
    public async Task Fault_ShortBodyBeforeAnythingWasSent_502AndNothingOfTheHalfAnswer()
    {
        // No byte of the body: with some, what was there before the end was noticed may rightly have been passed on.
        await using var upstream = RawUpstream.Answer("HTTP/1.1 200 OK\r\nX-Half: yes\r\nContent-Length: 100\r\n\r\n");
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        var response = await ExpectAsync(gateway, 502, CallOutcome.UpstreamError, "");
        Assert.Null(response.Header("X-Half"));
    }

    [Fact]
    public async Task Fault_LongBody_CallerGetsWhatWasAnnounced()
    {
        await using var upstream = RawUpstream.Answer("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok and much more");
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        Assert.Equal("ok", (await ExpectAsync(gateway, 200, CallOutcome.Ok, "")).Body);
    }

    [Fact]
    public async Task Fault_ResetInTheBodyAfterItsBegin_IsTruncatedAndNeverACleanEnd()
    {
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Length: 200000\r\n\r\n" + new string('a', 100_000));
            await Task.Delay(50);
            c.Reset();
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));

        var response = await gateway.RawAsync(Get);

        Assert.Equal(200, response.Status);
        Assert.True(response.Body.Length < 200_000);
        await ExpectTruncatedAsync(gateway);
    }

    [Fact]
    public async Task Fault_ClosedInTheMiddleOfAChunk_CallerSeesNoLastChunk()
    {
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await Task.Delay(100);
            await c.WriteAsync("10\r\nhalf");
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));

        var response = await gateway.RawAsync(Get);

        // When both pieces arrive together the connection may be broken before a byte went out: nothing seen is not a clean end either.
        Assert.True(response.Status is 200 or 0, $"status {response.Status}");
        Assert.False(response.Complete);
        if (response.Status == 200) Assert.StartsWith("hello", response.Body, StringComparison.Ordinal);
        await ExpectTruncatedAsync(gateway);
    }

    [Fact]
    public async Task Fault_BodyFallsSilent_IsCutAtTheIdleTimeoutAndTruncated()
    {
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n");
            await c.ReadToEndAsync();
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address, r => r with { IdleTimeout = TimeSpan.FromMilliseconds(150) }));

        var response = await gateway.RawAsync(Get);

        Assert.False(response.Complete);
        await ExpectTruncatedAsync(gateway, "silent");
    }

    [Fact]
    public async Task Fault_SlowBody_IsPassedOnPieceByPieceAndComplete()
    {
        var go = new TaskCompletionSource();
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n");
            await c.WriteAsync("7\r\ndata: 1\r\n");
            await go.Task;
            await c.WriteAsync("7\r\ndata: 2\r\n0\r\n\r\n");
            await c.ReadToEndAsync();
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.Connection.WriteAsync(Get);
        Assert.StartsWith("HTTP/1.1 200", await client.Connection.ReadHeadAsync(), StringComparison.Ordinal);
        Assert.EndsWith("data: 1\r\n", await client.Connection.ReadUntilAsync("data: 1\r\n"), StringComparison.Ordinal); // before the upstream goes on
        go.SetResult();
        await client.Connection.ReadUntilAsync("0\r\n\r\n");

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, 14, "sse"), (record.Outcome, record.ResponseBytes, record.Kind));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.NoContent)]
    [InlineData(HttpStatusCode.NotModified)]
    public async Task Answer_WithoutABody_IsCompleteAndTheConnectionGoesOn(HttpStatusCode status)
    {
        await using var upstream = RawUpstream.Start(async c =>
        {
            while ((await c.ReadHeadAsync()).Length > 0)
                await c.WriteAsync($"HTTP/1.1 {(int)status} X\r\nETag: \"1\"\r\n{(status == HttpStatusCode.OK ? "Content-Length: 77\r\n" : "")}\r\n");
        });
        await using var gateway = await TestGateway.StartAsync(One(upstream.Address));
        using var client = await RawClient.ConnectAsync(gateway.Address);
        for (var i = 0; i < 3; i++)
        {
            await client.Connection.WriteAsync("HEAD /x HTTP/1.1\r\nHost: a\r\n\r\n");
            var response = await client.ReadResponseAsync(head: true);
            Assert.Equal((int)status, response.Status);
            if (status == HttpStatusCode.OK) Assert.Equal("77", response.Header("Content-Length"));
        }

        Assert.All(await gateway.Calls.WaitForAsync(3), r => Assert.Equal(CallOutcome.Ok, r.Outcome));
    }

    private static ConfigDocument One(Uri address, Func<ResilienceConfig, ResilienceConfig>? change = null)
    {
        var resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 1 } };
        return Config.Document(Config.Service("svc", new ServiceConfig
        {
            Destinations = [new DestinationConfig { Name = "d", Address = address }], Resilience = change?.Invoke(resilience) ?? resilience,
        }), Config.Route("all", "svc"));
    }

    private static async Task<RawResponse> ExpectAsync(TestGateway gateway, int status, CallOutcome outcome, string error)
    {
        var response = await gateway.RawAsync(Get);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((status, outcome, status), (response.Status, record.Outcome, record.Status));
        Assert.Contains(error, record.Error, StringComparison.Ordinal);
        Assert.Equal(1, record.AttemptCount);
        Assert.Equal((outcome, "d"), (record.Attempt(0).Outcome, record.Attempt(0).Destination));
        if (status >= 500) Assert.DoesNotContain("127.0.0.1", response.Body, StringComparison.Ordinal); // semantics 1.7: never an upstream address
        return response;
    }

    private static async Task ExpectTruncatedAsync(TestGateway gateway, string error = "")
    {
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Truncated, 200), (record.Outcome, record.Status));
        Assert.Contains(error, record.Error, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Truncated, record.Attempt(0).Outcome);
    }
}
