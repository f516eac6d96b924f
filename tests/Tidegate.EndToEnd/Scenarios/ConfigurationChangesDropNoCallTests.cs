using System.Net;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>plan, apply, diff and rollback with the command line on a node that is serving.</summary>
[Collection(nameof(Alone))]
public sealed class ConfigurationChangesDropNoCallTests
{
    [Fact]
    public async Task ApplyAndRollbackUnderTraffic_EveryCallIsAnswered()
    {
        await using var nginx = await NginxPeer.StartAsync();
        var web = ConfigFiles.Service("web", nginx.Address);
        var stable = ConfigFiles.Route("stable", "/files/{**rest}", "web");
        using var config = new ConfigFiles(web, stable, ConfigFiles.Route("moving", "/moving", "web", Stamped("one")));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await using var http1 = SteadyCaller.Start(new(node.Traffic, "/files/small.bin"), callers: 4);
        await using var http2 = SteadyCaller.Start(new(node.Traffic, "/files/10k.bin"), callers: 4, HttpVersion.Version20);
        await http1.MoreAsync(50);
        Assert.Equal("one", await MovingAsync(node));

        for (var round = 2; round <= 5; round++)
        {
            config.Write("config.yaml", web, stable, ConfigFiles.Route("moving", "/moving", "web", Stamped($"round {round}")));
            var plan = (await node.CliAsync("plan", config.Path, "--check")).Ends(8);
            Assert.Contains("Route/moving", plan.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("Route/stable", plan.Output, StringComparison.Ordinal);
            (await node.CliAsync("apply", config.Path, "--message", $"round {round}")).Ends();
            await Eventually.IsTrueAsync(async () => await MovingAsync(node) == $"round {round}", TimeSpan.FromSeconds(5), "the new document decides");
            await http1.MoreAsync(20);
        }

        (await node.CliAsync("plan", config.Path, "--check")).Ends();
        var difference = (await node.CliAsync("diff", "1", "5")).Ends();
        Assert.Contains("round 5", difference.Output, StringComparison.Ordinal);
        (await node.CliAsync("rollback", "1")).Ends();
        await Eventually.IsTrueAsync(async () => await MovingAsync(node) == "one", TimeSpan.FromSeconds(5), "the old document decides again");
        var revisions = (await node.CliAsync("revisions", "--output", "json")).Ends();
        Assert.Contains("round 3", revisions.Output, StringComparison.Ordinal);

        var seen1 = await http1.StopAsync();
        var seen2 = await http2.StopAsync();
        Assert.Empty(http1.Failures.Concat(http2.Failures));
        Assert.Equal([200], (seen1 + seen2).Statuses);
        await new CallLog(node).AgreesAsync("stable", seen1 + seen2);
        await node.StopAsync();
    }

    [Fact]
    public async Task FileMissingOnTheNode_PlanApplyAndOverlaySaySo_NothingIsStored()
    {
        await using var nginx = await NginxPeer.StartAsync();
        var route = ConfigFiles.Route("files", "/files/{**rest}", "web");
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), route);
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        config.Write("config.yaml", ConfigFiles.Service("web", nginx.Address, "tls: { caFile: /nowhere/ca.pem }"), route);

        foreach (var run in new[]
        {
            await node.CliAsync("plan", config.Path), await node.CliAsync("apply", config.Path),
            await node.CliAsync("overlay", "create", "Service/web", """{"spec":{"tls":{"caFile":"/nowhere/ca.pem"}}}""", "--reason", "test", "--for", "5m"),
        })
        {
            run.Ends(6);
            Assert.Contains("spec.tls.caFile", run.Errors, StringComparison.Ordinal);
            Assert.Contains("/nowhere/ca.pem", run.Errors, StringComparison.Ordinal);
        }

        Assert.Single((await node.Api.GetAsync("config/revisions"))["items"]!.AsArray());
        Assert.Empty((await node.Api.GetAsync("config/overlays?all=true"))["items"]!.AsArray());
        await node.StopAsync();
    }

    [Fact]
    public async Task BadDocument_ListsEveryErrorWithItsLine_TheOldOneServes_AGoodOneApplies()
    {
        await using var nginx = await NginxPeer.StartAsync();
        var web = ConfigFiles.Service("web", nginx.Address);
        using var config = new ConfigFiles(web, ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await using var caller = SteadyCaller.Start(new(node.Traffic, "/files/small.bin"), callers: 4);
        await caller.MoreAsync(20);

        config.Write("bad.yaml", """
            apiVersion: tidegate/v1
            kind: Route
            metadata: { name: broken }
            spec:
              servce: web
              deadline: soon
              match:
                path: no-slash
            ---
            apiVersion: tidegate/v1
            kind: Route
            metadata: { name: dangling }
            spec:
              service: nobody
            """);
        var refused = (await node.CliAsync("apply", config.Path)).Ends(6);
        var told = refused.Output + refused.Errors;
        Assert.Contains("bad.yaml:5", told, StringComparison.Ordinal);
        Assert.Contains("service", told, StringComparison.Ordinal);
        Assert.Contains("bad.yaml:6", told, StringComparison.Ordinal);
        Assert.Contains("bad.yaml:8", told, StringComparison.Ordinal);
        Assert.Contains("bad.yaml:14", told, StringComparison.Ordinal);
        await caller.MoreAsync(20);

        config.Write("bad.yaml", ConfigFiles.Route("good", "/good", "web", "rewrite: { path: /files/small.bin }\nidentify: { anonymous: true }"));
        (await node.CliAsync("apply", config.Path)).Ends();
        using var client = new HttpClient();
        await Eventually.IsTrueAsync(async () => (await client.GetAsync(new Uri(node.Traffic, "/good"), TestContext.Current.CancellationToken)).StatusCode == HttpStatusCode.OK, TimeSpan.FromSeconds(5), "the good document decides");

        Assert.Equal([200], (await caller.StopAsync()).Statuses);
        Assert.Empty(caller.Failures);
    }

    private static string Stamped(string body) => "identify: { anonymous: true }\nrewrite: { path: /files/small.bin, responseHeaders: { set: { x-round: \"" + body + "\" } } }";

    private static async Task<string?> MovingAsync(TidegateProcess node)
    {
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(node.Traffic, "/moving"), TestContext.Current.CancellationToken);
        return answer.Headers.TryGetValues("x-round", out var values) ? values.Single() : null;
    }
}
