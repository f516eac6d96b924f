using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>Release gate and rollouts on a real node with real upstreams: a bad version loses its calls without anybody, a good one gets them all, through a kill in the middle.</summary>
public sealed class ACanaryStepsAndABadOneIsTakenBackTests
{
    private const int PerSecond = 50;

    [Fact]
    public async Task BadCanary_AtFiftyCallsASecond_IsTakenBackWithinTwoMinutesAndHurtsNoMoreThanItsShare()
    {
        const int share = 10;
        var told = new ConcurrentQueue<JsonNode>();
        await using var people = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapPost("/hook", async (HttpContext context) =>
        {
            told.Enqueue((await JsonNode.ParseAsync(context.Request.Body))!);
            return Results.NoContent();
        }));
        await using var good = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/shop/{item}", (string item) => item));
        await using var bad = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/shop/{item}", () => Results.StatusCode(500)));
        using var config = new ConfigFiles(Shop(good.Address, bad.Address, $"steps: [{share}, 50, 100], stepTime: 30s, minCalls: 50"), Target(people.Address));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await using var callers = PacedCaller.Start(new(node.Traffic, "/shop/tea"), PerSecond);
        (await node.CliAsync("gate", "--service", "shop-next", "--change", "CHG-1", "--wait", "1m")).Ends();

        var started = await node.CliAsync("rollout", "start", "shop", "--change", "CHG-1", "-o", "json");
        started.Ends();
        var id = (string)JsonNode.Parse(started.Output)!["id"]!;
        var ended = await Eventually.GetAsync(async () => await node.Api.GetAsync($"rollouts/{id}") is var r && (string)r["state"]! != "running" ? r : null, TimeSpan.FromMinutes(3), "the rollout has ended");

        Assert.Equal(("rolled_back", 0), ((string)ended["state"]!, (int)ended["share"]!));
        Assert.Contains("The canary is worse.", (string)ended["reason"]!, StringComparison.Ordinal);
        // All that comes later is good: wait for as much as would show it.
        var seen = callers.Answers.Count;
        await Eventually.IsTrueAsync(() => Task.FromResult(callers.Answers.Count > seen + (3 * PerSecond)), TimeSpan.FromSeconds(60), "calls go on");
        await callers.StopAsync();
        var answers = callers.Answers;
        Assert.All(answers.TakeLast(2 * PerSecond), a => Assert.Equal(200, a.Status));
        var (first, last) = (answers.First(a => a.Status != 200), answers.Last(a => a.Status != 200));
        var lasted = Stopwatch.GetElapsedTime(first.At, last.At);
        Assert.True(lasted < TimeSpan.FromMinutes(2), $"the last bad call came {lasted} after the first");
        // Of the calls while it had its share, that share was hurt: by four standard deviations at most more.
        var during = answers.Count(a => a.At >= first.At && a.At <= last.At);
        var hurt = answers.Count(a => a.Status != 200);
        var most = (during * share / 100.0) + (4 * Math.Sqrt(during * share / 100.0 * (100 - share) / 100.0)) + 1;
        TestContext.Current.TestOutputHelper?.WriteLine($"{hurt} of {during} calls were hurt in {lasted.TotalSeconds:0.0} s; at most {most:0} were expected");
        Assert.True(hurt <= most, $"{hurt} of {during} calls were hurt, more than {most:0}");
        // 503: its breaker opened, which is a bad answer as well.
        Assert.DoesNotContain(answers, a => a.Status is not (200 or 500 or 503));

        await Eventually.IsTrueAsync(() => Task.FromResult(!told.IsEmpty), TimeSpan.FromMinutes(1), "people are told");
        Assert.Contains("shop-next: the rollout of v2 was taken back", (string)told.First()["data"]!["title"]!, StringComparison.Ordinal);
        Assert.Contains("The canary is worse.", (string)told.First()["data"]!["body"]!, StringComparison.Ordinal);
        var events = (await node.Api.GetAsync("events?type=delivery.*"))["items"]!.AsArray().Select(e => (string)e!["type"]!).ToList();
        Assert.Contains("delivery.rollout_rolled_back", events);
        var release = await Eventually.GetAsync(async () => (await node.Api.GetAsync("releases?service=shop-next"))["items"]!.AsArray().FirstOrDefault(r => (string)r!["state"]! == "rolled_back"), TimeSpan.FromMinutes(1), "its release has ended");
        Assert.Equal(("v2", "CHG-1"), ((string)release["version"]!, (string)release["change"]!));
        Assert.Equal(9, (await node.CliAsync("rollout", "show", id, "--wait", "10s")).ExitCode);
        await node.StopAsync();
    }

    [Fact]
    public async Task GoodCanary_ThroughAKillInTheMiddle_GetsAllCallsAndTheConfigurationTakesOver()
    {
        await using var old = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/shop/{item}", () => "v1"));
        await using var next = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/shop/{item}", () => "v2"));
        // Times of two local servers on a busy machine differ by more than 10 %.
        const string steps = "steps: [20, 50, 100], stepTime: 10s, minCalls: 30, latencyTolerance: 900";
        using var config = new ConfigFiles(Shop(old.Address, next.Address, steps));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await using (var before = PacedCaller.Start(new(node.Traffic, "/shop/tea"), PerSecond))
        {
            (await node.CliAsync("gate", "--service", "shop-next", "--wait", "1m")).Ends();
            (await node.CliAsync("freeze", "start", "shop-next", "-m", "stocktaking")).Ends();
            var denied = await node.CliAsync("rollout", "start", "shop");
            denied.Ends(9);
            Assert.Contains("shop-next is frozen since ", denied.Errors, StringComparison.Ordinal);
            Assert.Empty((await node.Api.GetAsync("rollouts?all=true"))["items"]!.AsArray());
            Assert.Empty((await node.Api.GetAsync("releases?service=shop-next"))["items"]!.AsArray());
            Assert.Equal(7, (await node.CliAsync("rollout", "start", "shpo", "--override", "it has to be")).ExitCode);
            (await node.CliAsync("rollout", "start", "shop", "--override", "stops the double charges")).Ends();
            Assert.Equal(5, (await node.CliAsync("rollout", "start", "shop", "--override", "again")).ExitCode); // one is under way
            var overridden = (await node.CliAsync("audit", "list", "--action", "delivery.gate_override", "-o", "json")).Ends().Output;
            Assert.Contains("stops the double charges", Assert.Single(JsonNode.Parse(overridden)!.AsArray())!["after"]!.ToJsonString(), StringComparison.Ordinal);
            Assert.Equal(5, (await node.CliAsync("rollout", "start", "shop")).ExitCode); // one is under way
            await UntilShareAsync(node, 50);
        }

        await node.KillAsync();
        await using var again = await TidegateProcess.ServeAsync(node.Setup with { Config = null });
        Assert.Equal(50, (int)(await again.Api.GetAsync("rollouts/shop"))["share"]!);
        await using var callers = PacedCaller.Start(new(again.Traffic, "/shop/tea"), PerSecond);
        var waited = await again.CliAsync("rollout", "show", "shop", "--wait", "50s", "-o", "json");
        waited.Ends();
        Assert.Equal(("promoted", 100), ((string)JsonNode.Parse(waited.Output)!["state"]!, (int)JsonNode.Parse(waited.Output)!["share"]!));
        var seen = callers.Answers.Count;
        await Eventually.IsTrueAsync(() => Task.FromResult(callers.Answers.Count > seen + PerSecond), TimeSpan.FromSeconds(60), "calls go on");
        Assert.All(callers.Answers.TakeLast(PerSecond / 2), a => Assert.Equal("v2", a.Body));
        Assert.Equal("succeeded", (string)(await again.Api.GetAsync("releases?service=shop-next"))["items"]![0]!["state"]!);

        // The configuration says so itself by now: the rollout lets go, and no call notices.
        var file = config.Write("config.yaml", Shop(old.Address, next.Address, steps, weights: (0, 100)));
        (await again.CliAsync("apply", file, "-m", "v2 has all calls")).Ends();
        await Eventually.IsTrueAsync(async () => (await again.Api.GetAsync("config/overlays"))["items"]!.AsArray().Count == 0, TimeSpan.FromMinutes(1), "no overlay is left");
        await callers.StopAsync();
        Assert.All(callers.Answers.TakeLast(PerSecond / 2), a => Assert.Equal("v2", a.Body));
        Assert.DoesNotContain(callers.Answers, a => a.Status != 200);
        await again.StopAsync();
    }

    private static Task UntilShareAsync(TidegateProcess node, int share) =>
        Eventually.IsTrueAsync(async () => (int)(await node.Api.GetAsync("rollouts/shop"))["share"]! == share, TimeSpan.FromMinutes(1), $"it has {share} %");

    private static string Shop(Uri old, Uri next, string rollout, (int Old, int Next)? weights = null) => string.Join(
        "\n---\n",
        ConfigFiles.Service("shop", old, "resilience: { retry: { maxAttempts: 1 } }"),
        ConfigFiles.Service("shop-next", next, "resilience: { retry: { maxAttempts: 1 } }"),
        $$"""
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: shop}
        spec:
          match: {path: "/shop/{item}"}
          split: [{version: v1, service: shop, weight: {{weights?.Old ?? 100}}}, {version: v2, service: shop-next, weight: {{weights?.Next ?? 0}}}]
          rollout: {canary: v2, {{rollout}}}
          identify: {anonymous: true}
        """);

    private static string Target(Uri people) => $$"""
        apiVersion: tidegate/v1
        kind: NotificationTarget
        metadata: {name: people}
        spec:
          channel: {type: webhook, url: "{{people}}hook"}
        """;
}
