using Microsoft.Extensions.Logging;
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
        await using var late = await LateAsync(attempt, deadline, length, asked);

        Assert.Equal((CallOutcome.BadRequest, 408, asked), (late.Record.Outcome, late.Record.Status, late.Upstream.Requests));
        Assert.Equal(("closed", null), (late.Gateway.Status.Destinations[0].Breaker, late.Gateway.Status.Destinations[0].Reason));
    }

    // The server reads to its end what nobody wanted any more. A read that was left hanging kept it from that: it broke the connection, and wrote a line at the level of errors for every such caller.
    [Theory]
    [InlineData("Content-Length: 20000", "", 1, 20_000 - 7)]
    [InlineData("Content-Length: 20", "", 0, 20 - 7)]
    [InlineData("Transfer-Encoding: chunked", "\r\n0\r\n\r\n", 1, 0)]
    public async Task Body_ThatComesTooLate_IsReadToItsEnd_AndTheNextRequestIsAnswered(string length, string end, int asked, int rest)
    {
        await using var late = await LateAsync(2, 60, length, asked);
        Assert.Equal(408, (await late.Client.ReadResponseAsync()).Status);

        await late.Client.Connection.WriteAsync(new string('x', rest) + end + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal(200, (await late.Client.ReadResponseAsync()).Status);
        Assert.DoesNotContain(late.Gateway.Given.Log.Lines, l => l.Level >= LogLevel.Error);
    }

    private static async Task<Late> LateAsync(int attempt, int deadline, string length, int asked)
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
        var upstream = await TestUpstream.StartAsync(c => c.Request.Body.CopyToAsync(Stream.Null, c.RequestAborted));
        var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Config.Document(
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
        var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync($"POST / HTTP/1.1\r\nHost: a\r\n{length}\r\n\r\n4\r\nhalf");
        while (gateway.Get<GatewayApplication>().InFlight == 0 || upstream.Requests < asked) await Task.Delay(5, Cancel);

        var record = gateway.Calls.NextAsync();
        while (!record.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(5, Cancel);
        }

        return new Late(upstream, gateway, client, await record);
    }

    /// <summary>A caller who has been given up.</summary>
    private sealed record Late(TestUpstream Upstream, TestGateway Gateway, RawClient Client, CallRecord Record) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            await Gateway.DisposeAsync();
            await Upstream.DisposeAsync();
        }
    }
}
