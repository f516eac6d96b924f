using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Record;

/// <summary>Semantics 1.6 over HTTP/2: a stream the caller resets is a call that was cancelled, whenever the reset comes.</summary>
public sealed class ResetStreamsTests
{
    private static readonly (string, string)[] Get = [(":method", "GET"), (":scheme", "http"), (":path", "/slow?q"), (":authority", "shop.example")];
    private static readonly (string, string)[] Post = [(":method", "POST"), (":scheme", "http"), (":path", "/slow?q"), (":authority", "shop.example")];

    [Fact]
    public async Task Semantics1_6_ResetWithTheRequest_Is499()
    {
        await using var upstream = await TestUpstream.StartAsync(c => Task.Delay(Timeout.Infinite, c.RequestAborted));
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var client = await RawHttp2.ConnectAsync(gateway.Address);

        await client.WriteAsync(RawHttp2.Headers(1, endStream: true, Get), RawHttp2.Reset(1));

        IsCancelled(await gateway.Calls.NextAsync(), "GET", 499);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Semantics1_6_ResetWhileTheUpstreamWorks_Is499AndTheUpstreamCallIsCancelled(bool endStream)
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            await using var left = c.RequestAborted.Register(() => cancelled.TrySetResult());
            asked.TrySetResult();
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        });
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var client = await RawHttp2.ConnectAsync(gateway.Address);

        await client.WriteAsync(RawHttp2.Headers(1, endStream, Post), endStream ? [] : RawHttp2.Data(1, [1, 2, 3]));
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        await client.WriteAsync([RawHttp2.Reset(1)]);

        var record = await gateway.Calls.NextAsync();
        IsCancelled(record, "POST", 499);
        Assert.Equal(CallOutcome.ClientCancelled, record.Attempt(0).Outcome);
        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal("closed", gateway.Status.Destinations[0].Breaker);
    }

    [Fact]
    public async Task Semantics1_6_ResetInTheMiddleOfTheAnswer_IsCancelledWithTheStatusThatWasSent()
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            await c.Response.WriteAsync("beginning");
            await c.Response.Body.FlushAsync();
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        });
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var client = await RawHttp2.ConnectAsync(gateway.Address);

        Assert.Equal("headers", await client.SendAsync(Get));
        await client.WriteAsync([RawHttp2.Reset(1)]);

        IsCancelled(await gateway.Calls.NextAsync(), "GET", 200);
    }

    [Fact]
    public async Task Semantics1_6_ConnectionGone_EveryStreamHasItsRecord()
    {
        const int Streams = 20;
        var asked = 0;
        var all = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            if (Interlocked.Increment(ref asked) == Streams) all.TrySetResult();
            await Task.Delay(Timeout.Infinite, c.RequestAborted);
        });
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using (var client = await RawHttp2.ConnectAsync(gateway.Address))
        {
            await client.WriteAsync(Enumerable.Range(0, Streams).Select(i => RawHttp2.Headers((byte)((2 * i) + 1), endStream: true, Get)));
            await all.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        }

        var records = await gateway.Calls.WaitForAsync(Streams);
        Assert.Equal(Streams, records.Select(r => r.Id).Distinct().Count());
        Assert.All(records, r => IsCancelled(r, "GET", 499));
    }

    private static void IsCancelled(CallRecord record, string method, int status)
    {
        Assert.Equal((CallOutcome.ClientCancelled, status), (record.Outcome, record.Status));
        Assert.Equal((method, "/slow", "shop.example", "HTTP/2"), (record.Method, record.Path, record.Host, record.Protocol));
        Assert.False(record.Outcome.IsServiceFailure());
    }
}
