using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Request.Hygiene;

public sealed class SlowLorisTests
{
    [Fact]
    public async Task Semantics1_8_Headers_ThatNeverEnd_Are408AndRecorded()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync("GET / HTTP/1.1\r\nHost: a\r\nX-A: ");

        var response = await client.ReadResponseAsync();

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((408, 408, CallOutcome.BadRequest), (response.Status, record.Status, record.Outcome));
        Assert.Equal("", await client.Connection.ReadToEndAsync());
    }

    [Fact]
    public async Task Connection_ThatSaysNothing_IsClosedWithoutARecord()
    {
        await using var upstream = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(upstream);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        Assert.Equal("", await client.Connection.ReadToEndAsync());
        Assert.Empty(gateway.Calls.Records);
    }

    [Fact]
    public async Task Semantics1_8_Body_ThatDripsIn_Is408()
    {
        await using var upstream = await TestUpstream.StartAsync(async c => await c.Request.Body.CopyToAsync(Stream.Null, c.RequestAborted));
        await using var gateway = await StartAsync(upstream);
        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1000\r\n\r\nab");

        var response = await client.ReadResponseAsync(); // after the grace of five seconds

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((408, 408, CallOutcome.BadRequest), (response.Status, record.Status, record.Outcome));
    }

    private static Task<TestGateway> StartAsync(TestUpstream upstream)
    {
        var setup = new TestGateway.Setup();
        setup.Options = setup.Options with { HeadersTimeout = TimeSpan.FromSeconds(1) };
        return TestGateway.StartAsync(setup, Config.Single(upstream.Address));
    }
}
