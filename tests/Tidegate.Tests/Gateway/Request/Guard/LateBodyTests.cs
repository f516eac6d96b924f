using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

/// <summary>Callers whose short body, which is read before a service is asked, does not come. The clock is the test's.</summary>
public sealed class LateBodyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 60)] // the attempt's time
    [InlineData(60, 2)] // the call's
    public async Task ShortBody_ThatDoesNotComeInTime_IsTheCallersDoing_AndNoEvidenceAgainstTheService(int attempt, int deadline)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var upstream = await TestUpstream.StartAsync(_ => Task.CompletedTask);
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Config.Document(
            Config.Service("s", new ServiceConfig
            {
                Destinations = [new DestinationConfig { Address = upstream.Address }],
                Resilience = new ResilienceConfig
                {
                    AttemptTimeout = TimeSpan.FromSeconds(attempt), Deadline = TimeSpan.FromSeconds(deadline),
                    Breaker = new BreakerConfig { MinimumCalls = 1, Window = TimeSpan.FromSeconds(60), Cooldown = TimeSpan.FromSeconds(30) },
                },
            }),
            Config.Route("r", "s")));
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhalf");
        while (gateway.Get<GatewayApplication>().InFlight == 0) await Task.Delay(5, Cancel);

        var record = gateway.Calls.NextAsync();
        while (!record.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Cancel);
        }

        Assert.Equal((CallOutcome.BadRequest, 408, 0), ((await record).Outcome, (await record).Status, upstream.Requests));
        Assert.Equal(("closed", null), (gateway.Status.Destinations[0].Breaker, gateway.Status.Destinations[0].Reason));
    }
}
