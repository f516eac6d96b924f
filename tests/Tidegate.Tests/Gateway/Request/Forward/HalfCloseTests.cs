using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Forward;

/// <summary>One side of a connection has said all it has to say, and listens on.</summary>
public sealed class HalfCloseTests
{
    [Fact]
    public async Task Upstream_EndsItsSideAfterTheAnswer_TheAnswerIsComplete()
    {
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            // Without a length: the end of the connection is the end of the body.
            await c.WriteAsync("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nhello");
            c.Shutdown();
            await c.ReadToEndAsync();
        });
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));

        Assert.Equal("hello", await (await gateway.GetAsync("/")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Ok, 5), (record.Outcome, record.ResponseBytes));
    }

    /// <summary>
    /// Over HTTP/1.1 the end of the caller's side cannot be told from a caller who left, and is taken for that (docs/specs/requests.md). HTTP/2 ends each request by
    /// itself: <see cref="BidirectionalStreamTests"/>.
    /// </summary>
    [Fact]
    public async Task Caller_EndsItsSideWhileTheAnswerIsAwaited_HasLeft()
    {
        var (asked, left) = (Signal(), Signal());
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            asked.SetResult();
            await c.ReadToEndAsync();
            left.SetResult();
        });
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
        await SeenAsync(asked);
        client.Connection.Shutdown();

        Assert.Equal("", await client.Connection.ReadToEndAsync());
        await SeenAsync(left);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, 499), (record.Outcome, record.Status));
    }

    [Fact]
    public async Task Tunnel_CallerEndsItsSide_EndsBothWays()
    {
        var (heard, ended) = (Signal(), Signal());
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync("HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n");
            await c.ReadUntilAsync("last words");
            heard.SetResult();
            await c.ReadToEndAsync();
            ended.SetResult();
        });
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var client = await RawClient.ConnectAsync(gateway.Address);

        await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
        Assert.StartsWith("HTTP/1.1 101", await client.Connection.ReadHeadAsync(), StringComparison.Ordinal);
        await client.Connection.WriteAsync("last words");
        await SeenAsync(heard);
        client.Connection.Shutdown();

        Assert.Equal("", await client.Connection.ReadToEndAsync());
        await SeenAsync(ended);
        Assert.Equal(101, (await gateway.Calls.NextAsync()).Status);
    }

    private static TaskCompletionSource Signal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private static Task SeenAsync(TaskCompletionSource signal) => signal.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
}
