using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Routes;
using Tidegate.Core.Resources.Services;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Stale;

/// <summary>A service dies for good, its socket with it: what its callers had they go on getting, everybody else is told the truth.</summary>
public sealed class DyingServiceTests
{
    [Fact]
    public async Task AServiceDies_ItsReadersDoNotNotice_AndTheRecordsDo()
    {
        var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync($"{c.Request.Path} as it was"));
        var service = new ServiceConfig { Destinations = [new DestinationConfig { Name = "a", Address = upstream.Address }], Resilience = new ResilienceConfig { Retry = new RetryConfig { MaxAttempts = 2, BackoffBase = TimeSpan.FromMilliseconds(1) } } };
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("catalogue", service), Config.Route("catalogue", "catalogue", r => r with { Stale = new StaleConfig() })));
        foreach (var path in (string[])["/tea", "/coffee"]) Assert.Equal(200, (int)(await gateway.GetAsync(path)).StatusCode);
        await upstream.DisposeAsync();

        // Enough for its breaker to open, too: then no attempt is made at all, and readers are served as before.
        var seen = new List<(int, string)>();
        for (var i = 0; i < 30; i++)
        {
            var answer = await gateway.GetAsync(i % 2 == 0 ? "/tea" : "/coffee");
            seen.Add(((int)answer.StatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
        }

        var stranger = await gateway.GetAsync("/cake");
        var order = await gateway.SendAsync(HttpMethod.Post, "/tea");

        Assert.All(seen, (s, i) => Assert.Equal((200, i % 2 == 0 ? "/tea as it was" : "/coffee as it was"), s));
        Assert.True((int)stranger.StatusCode is 502 or 503);
        Assert.True((int)order.StatusCode is 502 or 503);
        var records = (await gateway.Calls.WaitForAsync(34)).Skip(2).ToList();
        Assert.All(records.Take(30), r => Assert.Equal((CallOutcome.Ok, true), (r.Outcome, r.Why.Contains("stale: answer of ", StringComparison.Ordinal))));
        Assert.Equal((2, CallOutcome.UpstreamError), (records[0].AttemptCount, records[0].Attempt(1).Outcome));
        Assert.Equal(0, records[29].AttemptCount);
        Assert.Equal("All destinations of the service are off for now.", records[29].Error);
        Assert.All(records.Skip(30), r => Assert.DoesNotContain("stale", r.Why, StringComparison.Ordinal));
    }

    [Fact]
    public async Task AnAnswerThatBreaksOffBeforeTheCallerSawAnyOfIt_IsReplaced_AfterwardsItIsCutOff()
    {
        var requests = 0;
        await using var upstream = RawUpstream.Start(async c =>
        {
            await c.ReadHeadAsync();
            await c.WriteAsync(++requests == 1 ? "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwhole" : "HTTP/1.1 200 OK\r\nContent-Length: 50000\r\nConnection: close\r\n\r\n" + new string('x', requests == 2 ? 5 : 40_000));
        });
        await using var gateway = await TestGateway.StartAsync(Config.Document(Config.Service("svc", upstream.Address), Config.Route("all", "svc", r => r with { Stale = new StaleConfig() })));
        const string Request = "GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
        Assert.Equal((200, "whole"), Seen(await gateway.RawAsync(Request)));

        await gateway.RawAsync(Request);
        await gateway.RawAsync(Request);

        var records = await gateway.Calls.WaitForAsync(3);
        Assert.All(records.Skip(1), r => Assert.True(r.Outcome == CallOutcome.Truncated || r.Why.StartsWith("stale:", StringComparison.Ordinal), $"{r.Outcome} {r.Why}"));
        Assert.Equal(CallOutcome.Truncated, records[2].Outcome); // 40,000 bytes do not stay in the buffer
    }

    private static (int, string) Seen(RawResponse response) => (response.Status, response.Body);
}
