using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>The loop's first half on a real node: traffic is judged, a bad version burns the budget, people are told once, with the version and with the change that brought it.</summary>
public sealed class ABadVersionPagesWithTheCauseTests
{
    private const string Objective = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: shop-answers}
        spec:
          service: shop
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.999}]
          indicator:
            metadata: {name: shop-answered}
            spec:
              ratioMetric:
                counter: true
                rawType: success
                raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [shop]}}}
        """;

    private const string Split = """
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: shop}
        spec:
          match: {path: "/shop/{item}"}
          split: [{version: v1, service: shop, weight: 80}, {version: v2, service: shop-next, weight: 20}]
          identify: {anonymous: true}
        """;

    [Fact]
    public async Task BadVersion_BehindASplit_IsOnePageThatNamesItAndSurvivesAKill()
    {
        var told = new ConcurrentQueue<JsonNode>();
        await using var people = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapPost("/hook", async (HttpContext context) =>
        {
            told.Enqueue((await JsonNode.ParseAsync(context.Request.Body))!);
            return Results.NoContent();
        }));
        await using var good = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/shop/{item}", (string item) => item));
        await using var bad = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/shop/{item}", () => Results.StatusCode(500)));
        var documents = new[] { ConfigFiles.Service("shop", good.Address, "resilience: { retry: { maxAttempts: 1 } }"), ConfigFiles.Service("shop-next", bad.Address, "resilience: { retry: { maxAttempts: 1 } }"), Objective.Replace("[shop]", "[shop, shop-next]", StringComparison.Ordinal), Target(people.Address) };
        using var config = new ConfigFiles([.. documents, ConfigFiles.Route("shop", "/shop/{item}", "shop")]);
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await Curl.CountAsync(new(node.Traffic, "/shop/tea"), 40);

        // The release: a fifth of the calls go to the next version.
        var release = config.Write("config.yaml", [.. documents, Split]);
        (await node.CliAsync("apply", release, "-m", "v2 for a fifth")).Ends();
        await Curl.CountAsync(new(node.Traffic, "/shop/tea"), 60);

        await Eventually.IsTrueAsync(() => Task.FromResult(!told.IsEmpty), TimeSpan.FromMinutes(2), "people are told");
        var text = told.First()["data"]!["body"]!.GetValue<string>();
        Assert.StartsWith("PAGE: shop: shop-answers burns its error budget", told.First()["data"]!["title"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Contains("version v2: 100 % of the additional errors", text, StringComparison.Ordinal);
        Assert.Contains("v2 for a fifth", text, StringComparison.Ordinal);

        // What was taken just before a kill is sent again, under its id: whoever counts pages waits until the node has written down that they were taken.
        await Eventually.IsTrueAsync(
            async () => (await node.Api.GetAsync("notifications"))["items"]!.AsArray() is { Count: > 0 } all && all.All(n => (string)n!["state"]! == "sent"), TimeSpan.FromMinutes(1), "what was told is written down");
        await node.KillAsync();
        await using var next = await TidegateProcess.ServeAsync(node.Setup with { Config = null });
        var alerts = await next.CliAsync("alerts", "list", "-o", "json");
        alerts.Ends();
        Assert.Equal(["page", "ticket"], JsonNode.Parse(alerts.Output)!.AsArray().Select(a => (string)a!["severity"]!).Order());
        // A message that was taken just before the kill may come again, under its id: receivers can tell.
        Assert.Single(told.Where(t => t["data"]!["title"]!.GetValue<string>().StartsWith("PAGE", StringComparison.Ordinal)).Select(t => t["id"]!.GetValue<string>()).Distinct());
        await next.StopAsync();
    }

    private static string Target(Uri people) => $$"""
        apiVersion: tidegate/v1
        kind: NotificationTarget
        metadata: {name: people}
        spec:
          channel: {type: webhook, url: "{{people}}hook"}
        """;
}
