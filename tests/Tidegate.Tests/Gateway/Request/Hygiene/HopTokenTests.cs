using System.Net;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Hygiene;

/// <summary>A destination that leads back to the gateway ends after one round, not when the descriptors do.</summary>
public sealed class HopTokenTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task DestinationIsTheGatewayItself_OneRound_LoopDetected()
    {
        await using var gateway = await TestGateway.StartAsync(ConfigDocument.Empty);
        gateway.Apply(Config.Single(gateway.Address));

        using var answer = await gateway.GetAsync("/loop");

        Assert.Equal(508, (int)answer.StatusCode);
        Assert.Contains("loop_detected", await answer.Content.ReadAsStringAsync(Cancel));
        var records = await gateway.Calls.WaitForAsync(2);
        Assert.Equal(2, records.Count);
        var refused = Assert.Single(records, r => r.Outcome == CallOutcome.GatewayError);
        Assert.Contains("this node's own address", refused.Error);
        Assert.Single(records, r => r.Outcome == CallOutcome.UpstreamError);
    }

    [Fact]
    public async Task TwoGatewaysInARing_EndAtTheFirstOne()
    {
        await using var first = await TestGateway.StartAsync(ConfigDocument.Empty);
        await using var second = await TestGateway.StartAsync(Config.Single(first.Address));
        first.Apply(Config.Single(second.Address));

        using var answer = await first.GetAsync("/ring");

        Assert.Equal(508, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Via_IsAppendedToTheCallers_AndOthersAreNoLoop()
    {
        await using var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync(c.Request.Headers.Via.ToString()));
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));

        using var plain = await gateway.GetAsync("/");
        using var behind = await gateway.GetAsync("/", ("Via", "1.1 edge, 2 tidegate-0123456789ab"));
        var nominated = await gateway.RawAsync("GET / HTTP/1.1\r\nHost: a\r\nVia: 1.0 hidden\r\nConnection: Via, close\r\n\r\n");

        Assert.Equal(HttpStatusCode.OK, behind.StatusCode);
        var own = await plain.Content.ReadAsStringAsync(Cancel);
        Assert.Matches("^1\\.1 tidegate-[0-9a-f]{12}$", own);
        Assert.Equal($"1.1 edge, 2 tidegate-0123456789ab, {own}", await behind.Content.ReadAsStringAsync(Cancel));
        Assert.Contains(own, nominated.Body); // no caller can strip it
    }
}
