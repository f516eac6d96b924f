using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tidegate.Core.Calls;
using Tidegate.Gateway;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Listen;

/// <summary>Calls that outlive the drain time are ended by us, and the record says so: no caller has left.</summary>
public sealed class ForcedStopTests
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Stop_AnswerNotBegunWhenTheDrainTimeIsOver_IsRecordedAsOurs()
    {
        var arrived = new TaskCompletionSource();
        await using var upstream = await TestUpstream.StartAsync(c => ForeverAsync(c, arrived));
        await using var gateway = await TestGateway.StartAsync(Setup(TimeSpan.FromMilliseconds(100)), Config.Single(upstream.Address));
        var asking = gateway.GetAsync("/");
        await arrived.Task.WaitAsync(Limit, Cancel);

        await gateway.Server.StopAsync(Cancel).WaitAsync(Limit, Cancel);

        Assert.Equal(CallOutcome.GatewayError, (await gateway.Calls.NextAsync()).Outcome);
        Assert.Contains(gateway.Given.Log.Lines, l => l.Level == LogLevel.Warning && l.Message.Contains("cut off", StringComparison.Ordinal));
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => asking);
    }

    [Fact]
    public async Task Stop_AnswerHalfSentWhenTheHostLosesPatience_IsRecordedAsTruncated()
    {
        await using var upstream = await TestUpstream.StartAsync(async c =>
        {
            await c.Response.WriteAsync("half");
            await c.Response.Body.FlushAsync();
            await ForeverAsync(c, new TaskCompletionSource());
        });
        await using var gateway = await TestGateway.StartAsync(Setup(TimeSpan.FromMinutes(5)), Config.Single(upstream.Address));
        using var response = await gateway.GetAsync("/"); // headers are there
        using var impatient = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await gateway.Server.StopAsync(impatient.Token).WaitAsync(Limit, Cancel);

        Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
    }

    private static TestGateway.Setup Setup(TimeSpan drain) => new()
    {
        Options = new GatewayOptions { Listen = [new Uri("http://127.0.0.1:0")], Drain = drain, IdleGrace = TimeSpan.Zero, DrainDelay = TimeSpan.Zero },
    };

    private static Task ForeverAsync(HttpContext context, TaskCompletionSource arrived)
    {
        arrived.TrySetResult();
        return Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
