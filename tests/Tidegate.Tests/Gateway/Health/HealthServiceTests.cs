using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Health;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Health;

public sealed class HealthServiceTests
{
    private readonly Make _make = new();

    [Fact]
    public void Report_Thresholds_FirstProbeCountsAloneThenSeriesDecide()
    {
        var config = new ActiveHealthConfig { HealthyAfter = 2, UnhealthyAfter = 3 };
        var service = _make.Service(1);
        var probes = service.Destinations[0].State.Probes;
        string?[] results = ["down", null, null, "down", null, "down", "down", "down", null, "down", null, null];
        ProbeHealth U = ProbeHealth.Unhealthy, H = ProbeHealth.Healthy;
        ProbeHealth[] expected = [U, U, H, H, H, H, H, U, U, U, U, H];

        for (var i = 0; i < results.Length; i++)
        {
            probes.Report(config, results[i], _make.Now);
            Assert.Equal(expected[i], probes.Health);
        }

        Assert.Equal(2, _make.Log.Lines.Count(l => l.Event == 1803)); // told once per change
        Assert.Equal(2, _make.Log.Lines.Count(l => l.Event == 1802));
    }

    [Fact]
    public async Task Http_DestinationFallsIllAndRecovers_TrafficLeavesAndReturns()
    {
        var well = true;
        await using var a = await TestUpstream.StartAsync(c =>
        {
            if (c.Request.Path == "/healthz" && !well) c.Response.StatusCode = 500;
            return c.Response.WriteAsync("a");
        });
        await using var b = await TestUpstream.StartAsync(c => c.Response.WriteAsync("b"));
        await using var gateway = await StartAsync(new ActiveHealthConfig { Interval = TimeSpan.FromMilliseconds(100), UnhealthyAfter = 1, HealthyAfter = 1 }, a.Address, b.Address);

        await UntilAsync(gateway, 0, "healthy");
        well = false;
        await UntilAsync(gateway, 0, "unhealthy");
        Assert.Contains("GET /healthz answered 500", gateway.Status.Destinations[0].Reason, StringComparison.Ordinal);
        for (var i = 0; i < 10; i++) Assert.Equal("b", await (await gateway.GetAsync("/")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        well = true;
        await UntilAsync(gateway, 0, "healthy");
    }

    [Fact]
    public async Task Tcp_ClosedAndOpenPort_AreToldApart()
    {
        await using var open = await TestUpstream.StartAsync();
        await using var gateway = await StartAsync(new ActiveHealthConfig { Type = ProbeType.Tcp, Interval = TimeSpan.FromMilliseconds(100) }, open.Address, RawUpstream.Refused());

        await UntilAsync(gateway, 0, "healthy");
        await UntilAsync(gateway, 1, "unhealthy");
    }

    [Theory]
    [InlineData("orders", "healthy")]
    [InlineData("payments", "unhealthy")]
    [InlineData("nobody", "unhealthy")]
    public async Task Grpc_HealthProtocolOverH2c_ServingMeansHealthy(string name, string health)
    {
        await using var upstream = await TestUpstream.StartAsync(AnswerHealthCheckAsync, HttpProtocols.Http2);
        await using var gateway = await StartAsync(new ActiveHealthConfig { Type = ProbeType.Grpc, GrpcService = name, Interval = TimeSpan.FromMilliseconds(100) }, upstream.Address);

        await UntilAsync(gateway, 0, health);
    }

    [Fact]
    public async Task Http_NoAnswerInTime_IsUnhealthyWithTheReason()
    {
        await using var silent = RawUpstream.Start(c => c.ReadToEndAsync());
        await using var gateway = await StartAsync(new ActiveHealthConfig { Interval = TimeSpan.FromMilliseconds(100), Timeout = TimeSpan.FromMilliseconds(50) }, silent.Address);

        await UntilAsync(gateway, 0, "unhealthy");
        Assert.Contains("no answer within 0.05 s", gateway.Status.Destinations[0].Reason, StringComparison.Ordinal);
    }

    // grpc.health.v1 by hand: "orders" is SERVING, "payments" is NOT_SERVING, anybody else NOT_FOUND.
    private static async Task AnswerHealthCheckAsync(HttpContext context)
    {
        var request = new MemoryStream();
        await context.Request.Body.CopyToAsync(request);
        var name = System.Text.Encoding.UTF8.GetString(request.ToArray().AsSpan(7));
        context.Response.ContentType = "application/grpc";
        if (name is "orders" or "payments")
        {
            await context.Response.Body.WriteAsync(new byte[] { 0, 0, 0, 0, 2, 0x08, (byte)(name == "orders" ? 1 : 2) });
            context.Response.AppendTrailer("grpc-status", "0");
        }
        else context.Response.AppendTrailer("grpc-status", "5");
    }

    private static Task<TestGateway> StartAsync(ActiveHealthConfig active, params Uri[] addresses) => TestGateway.StartAsync(Config.Document(
        Config.Service("svc", new ServiceConfig
        {
            Destinations = [.. addresses.Select((a, i) => new DestinationConfig { Name = $"d{i}", Address = a })], Health = new HealthConfig { Active = active },
            Balancing = new BalancingConfig { Policy = "roundRobin" },
        }), Config.Route("all", "svc")));

    private static async Task UntilAsync(TestGateway gateway, int destination, string health)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (gateway.Status.Destinations[destination].Health != health) await Task.Delay(10, limit.Token);
    }
}
