using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>A real Prometheus scrapes the node; its answers agree with what the clients counted.</summary>
public sealed class PrometheusReadsTheMetricsTests
{
    [Fact]
    public async Task Scraped_CountsAgreeWithTheClients_AndPromtoolFindsNothingToSay()
    {
        ExternalTool.Prometheus.Require();
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(
            ConfigFiles.Service("web", nginx.Address),
            ConfigFiles.Route("files", "/files/{**rest}", "web"),
            ConfigFiles.Route("limited", "/limited", "web", """
                rewrite: { path: /files/small.bin }
                identify: { anonymous: true }
                limits: [ { name: few, by: route, calls: 5, per: 1d } ]
                """));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await using var prometheus = await PrometheusPeer.StartAsync(node.Admin, node.Token);
        await Eventually.IsTrueAsync(async () => await prometheus.TargetAsync() == "up", TimeSpan.FromSeconds(15), "Prometheus has scraped the node");

        var files = await H2Load.RunAsync(new(node.Traffic, "/files/small.bin"), new(500, 4)) + await Curl.CountAsync(new(node.Traffic, "/files/none"), 8);
        var limited = await Curl.CountAsync(new(node.Traffic, "/limited"), 12);
        Assert.Equal(new((200, 5), (429, 7)), limited);

        foreach (var (route, seen) in new[] { ("files", files), ("limited", limited) })
        {
            foreach (var status in seen.Statuses)
            {
                await Eventually.HoldsAsync(
                    async () => Assert.Equal(seen[status], await prometheus.ValueAsync($"sum(tidegate_calls_total{{route=\"{route}\",code=\"{status}\"}})")),
                    TimeSpan.FromSeconds(15));
            }
        }

        Assert.Equal(7, await prometheus.ValueAsync("sum(tidegate_limit_rejections_total{route=\"limited\",limit=\"few\"})"));
        Assert.Equal(files.Total, await prometheus.ValueAsync("sum(tidegate_call_duration_seconds_count{route=\"files\"})"));
        Assert.NotNull(await prometheus.ValueAsync("histogram_quantile(0.99, sum by (le) (tidegate_call_duration_seconds_bucket{route=\"files\"}))"));

        var file = data.Combine("metrics.txt");
        await File.WriteAllTextAsync(file, await node.Api.MetricsAsync(), TestContext.Current.CancellationToken);
        var check = await ToolRun.OfAsync("/bin/sh", ["-c", $"'{ExternalTool.Promtool.Require()}' check metrics < '{file}'"], TimeSpan.FromSeconds(20));
        check.Ends();
        Assert.Equal("", check.Output + check.Errors);
        await node.StopAsync();
    }
}
