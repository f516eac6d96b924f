using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>A program that knows nothing of Tidegate is scraped by a real Prometheus; a real node asks that for its objective, from before the objective was there.</summary>
public sealed class ObjectivesOverPrometheusTests
{
    private static readonly TimeSpan SomeMinutes = TimeSpan.FromMinutes(3);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ScrapedCounters_BecomeRatioAndBudget_AlsoOfBeforeTheObjective_AndOverARestart()
    {
        var (good, bad) = (100L, 0L);
        await using var program = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/metrics", () => Results.Text(string.Create(
            CultureInfo.InvariantCulture,
            $"# TYPE shop_requests_total counter\nshop_requests_total{{code=\"200\"}} {Volatile.Read(ref good)}\nshop_requests_total{{code=\"500\"}} {Volatile.Read(ref bad)}\n"))));
        await using var prometheus = await PrometheusPeer.StartAsync(program.Address);
        await Eventually.IsTrueAsync(async () => await prometheus.TargetAsync() == "up", TimeSpan.FromSeconds(15), "Prometheus has scraped the program");

        // The counters are seen at the border of a minute, then they grow: that is known once the next minute is over.
        await NextMinuteAsync();
        await Eventually.IsTrueAsync(async () => await prometheus.ValueAsync("count(shop_requests_total)") == 2, TimeSpan.FromSeconds(15), "Prometheus has the counters");
        Volatile.Write(ref good, 100 + 990);
        Volatile.Write(ref bad, 10);
        await NextMinuteAsync();

        using var config = new ConfigFiles(ConfigFiles.Service("web", new("http://127.0.0.1:9")), ConfigFiles.Route("web", "/web", "web"), Objective(prometheus.Address));
        using var data = new TempDirectory();
        var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        try
        {
            await HasAsync(node, 10, 1000);
            var status = await node.Api.GetAsync("objectives/shop");
            Assert.Equal(0.99, (double)status["ratio"]!, 9);
            Assert.Equal(0.8, (double)status["budgetLeft"]!, 9);

            // Killed and started again: what it had counted is there, and what came meanwhile follows.
            await node.KillAsync();
            Volatile.Write(ref good, 100 + 1990);
            await node.DisposeAsync();
            node = await TidegateProcess.ServeAsync(node.Setup);
            await HasAsync(node, 10, 2000);
            await node.StopAsync();
        }
        finally
        {
            await node.DisposeAsync();
        }
    }

    private static async Task NextMinuteAsync()
    {
        var minute = DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60;
        await Eventually.IsTrueAsync(() => Task.FromResult(DateTimeOffset.UtcNow.ToUnixTimeSeconds() / 60 > minute), SomeMinutes, "the minute is over");
    }

    private static Task HasAsync(TidegateProcess node, double bad, double total) => Eventually.HoldsAsync(async () =>
    {
        var status = await node.Api.GetAsync("objectives/shop");
        Assert.Equal((bad, total), ((double)status["bad"]!, (double)status["total"]!));
    }, SomeMinutes);

    private static string Objective(Uri prometheus) => $$"""
        apiVersion: openslo/v1
        kind: DataSource
        metadata: {name: metrics}
        spec: {type: prometheus, connectionDetails: {url: "{{prometheus}}"} }
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: shop}
        spec:
          service: web
          budgetingMethod: Occurrences
          timeWindow: [{duration: 7d, isRolling: true}]
          objectives: [{target: 0.95}]
          indicator:
            metadata: {name: shop}
            spec:
              ratioMetric:
                counter: true
                good: {metricSource: {metricSourceRef: metrics, spec: {query: 'shop_requests_total{code="200"}'} } }
                total: {metricSource: {metricSourceRef: metrics, spec: {query: sum(shop_requests_total)} } }
        """;
}
