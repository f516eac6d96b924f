using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Guard;

/// <summary>Callers whose body does not come: a short one, which is read before a service is asked, and a long one, which it is sent meanwhile. The clock is the test's.</summary>
public sealed class LateBodyTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(2, 60, "Content-Length: 10", 0)] // the attempt's time
    [InlineData(60, 2, "Content-Length: 10", 0)] // the call's
    [InlineData(2, 60, "Content-Length: 20000", 1)]
    [InlineData(60, 2, "Content-Length: 20000", 1)]
    [InlineData(2, 60, "Transfer-Encoding: chunked", 1)]
    public async Task Body_ThatDoesNotComeInTime_IsTheCallersDoing_AndNoEvidenceAgainstTheService(int attempt, int deadline, string length, int asked)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        await using var upstream = await TestUpstream.StartAsync(c => c.Request.Body.CopyToAsync(Stream.Null, c.RequestAborted));
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
        await client.Connection.WriteAsync($"POST / HTTP/1.1\r\nHost: a\r\n{length}\r\n\r\n4\r\nhalf");
        while (gateway.Get<GatewayApplication>().InFlight == 0 || upstream.Requests < asked) await Task.Delay(5, Cancel);

        var record = gateway.Calls.NextAsync();
        while (!record.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Cancel);
        }

        Assert.Equal((CallOutcome.BadRequest, 408, asked), ((await record).Outcome, (await record).Status, upstream.Requests));
        Assert.Equal(("closed", null), (gateway.Status.Destinations[0].Breaker, gateway.Status.Destinations[0].Reason));
    }
}
