using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

/// <summary>Callers who leave while their call waits inside the gateway: semantics 1.6.</summary>
public sealed class CallerGoneTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Semantics1_6_WhileBackingOff_NobodyIsAskedAgain()
    {
        await using var upstream = await TestUpstream.StartAsync(c =>
        {
            c.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await using var gateway = await StartAsync(upstream, r => r with { Retry = new RetryConfig { BackoffBase = TimeSpan.FromSeconds(20), BackoffMax = TimeSpan.FromSeconds(20) }, Breaker = null });
        var state = gateway.Get<RunningServices>().Current[0].State;

        await LeaveAsync(gateway, () => state.Retries.Extra(TimeProvider.System.GetTimestamp()) == 1);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, 499, 1, 1), (record.Outcome, record.Status, record.AttemptCount, upstream.Requests));
        Assert.Equal(CallOutcome.UpstreamError, record.Attempt(0).Outcome); // that one had failed before
    }

    [Fact]
    public async Task Semantics1_6_WhileWaitingForAPlace_TheQueueIsLeft()
    {
        var go = new SemaphoreSlim(0);
        await using var upstream = await TestUpstream.StartAsync(c => go.WaitAsync(c.RequestAborted));
        await using var gateway = await StartAsync(upstream, r => r with { Bulkhead = new BulkheadConfig { MaxConcurrent = 1, Queue = 1 } });
        var bulkhead = gateway.Get<RunningServices>().Current[0].State.Bulkhead;
        var first = gateway.GetAsync("/");
        while (upstream.Requests < 1) await Task.Delay(5, Cancel);

        await LeaveAsync(gateway, () => bulkhead.Waiting == 1);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, 499, 0), (record.Outcome, record.Status, record.AttemptCount));
        Assert.Equal(0, bulkhead.Waiting);
        go.Release();
        Assert.Equal(200, (int)(await first).StatusCode);
        Assert.Equal(1, upstream.Requests);
    }

    [Fact]
    public async Task Semantics1_6_WhileTheirBodyIsStillComing_TheUpstreamCallIsCancelled()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            try
            {
                await c.Request.Body.CopyToAsync(Stream.Null, c.RequestAborted);
            }
            catch (Exception e) when (e is IOException or OperationCanceledException)
            {
                cancelled.SetResult();
            }
        });
        await using var gateway = await StartAsync(upstream, r => r);

        using (var client = await RawClient.ConnectAsync(gateway.Address))
        {
            await client.Connection.WriteAsync("PUT / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n");
            while (upstream.Requests < 1) await Task.Delay(5, Cancel);
        }

        await cancelled.Task.WaitAsync(TimeSpan.FromSeconds(30), Cancel);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, 499, 1), (record.Outcome, record.Status, record.AttemptCount));
        Assert.Equal(("closed", null), (gateway.Status.Destinations[0].Breaker, gateway.Status.Destinations[0].Reason));
    }

    [Fact]
    public async Task Semantics1_6_WhileTheirShortBodyIsStillComing_NoUpstreamIsAsked()
    {
        await using var upstream = await TestUpstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await StartAsync(upstream, r => r);

        using (var client = await RawClient.ConnectAsync(gateway.Address)) await client.Connection.WriteAsync("PUT / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, 499, 0), (record.Outcome, record.Status, upstream.Requests));
        Assert.Equal(("closed", null), (gateway.Status.Destinations[0].Breaker, gateway.Status.Destinations[0].Reason));
    }

    private static async Task LeaveAsync(TestGateway gateway, Func<bool> when)
    {
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        while (!when()) await Task.Delay(5, Cancel);
    }

    private static Task<TestGateway> StartAsync(TestUpstream upstream, Func<ResilienceConfig, ResilienceConfig> change) => TestGateway.StartAsync(
        new TestGateway.Setup { Random = new TestRandom().Then([.. Enumerable.Repeat(0.9, 20)]) }, Config.Document(
            Config.Service("svc", new ServiceConfig { Destinations = [new DestinationConfig { Name = "d", Address = upstream.Address }], Resilience = change(new ResilienceConfig()) }), Config.Route("all", "svc")));
}
