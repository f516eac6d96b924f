using System.Net;
using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway;

/// <summary>The plain case, end to end on real sockets: if this fails, look here before anywhere else.</summary>
public sealed class GatewayTests
{
    [Fact]
    public async Task Get_ThroughOneRoute_IsAnsweredByTheUpstreamAndRecordedOnce()
    {
        await using var upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync($"hello {c.Request.Path}"));
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));

        using var response = await gateway.GetAsync("/orders/7?x=1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("hello /orders/7", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(("all", "svc", 200, CallOutcome.Ok, "/orders/7"), (record.Route, record.Service, record.Status, record.Outcome, record.Path));
        Assert.Single(gateway.Calls.Records);
    }

    [Fact]
    public async Task Semantics1_7_UpstreamRefusesTheConnection_Is502WithAProblemAndTheCallId()
    {
        await using var gateway = await TestGateway.StartAsync(Config.Single(RawUpstream.Refused()));

        var response = await gateway.RawAsync("GET / HTTP/1.1\r\nHost: a\r\n\r\n");

        Assert.Equal(502, response.Status);
        Assert.Equal("application/problem+json", response.Header("Content-Type"));
        var record = await gateway.Calls.NextAsync();
        Assert.Contains(record.Id.ToString("N"), response.Body, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.UpstreamError, record.Outcome);
    }
}
