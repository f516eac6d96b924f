using System.Net;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>What a pipeline does with Tidegate, by its command line: ask, tell, be refused, override.</summary>
public sealed class AReleaseAsksFirstTests
{
    private const string Objective = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: shop-answers}
        spec:
          service: shop
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator:
            metadata: {name: shop-answered}
            spec: {ratioMetric: {counter: true, rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [shop]}}}}}
        """;

    [Fact]
    public async Task Gate_WholeBudgetThenUsedUp_AllowsThenDeniesAndIsOverridden()
    {
        var status = 200;
        await using var shop = await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/shop", () => Results.StatusCode(status)));
        using var config = new ConfigFiles(
            ConfigFiles.Service("shop", shop.Address, "resilience: { retry: { maxAttempts: 1 }, breaker: { minimumCalls: 10000 } }"),
            ConfigFiles.Route("shop", "/shop", "shop", "version: v7\nidentify: { anonymous: true }"),
            ConfigFiles.Service("stock", shop.Address),
            Objective);
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await Curl.CountAsync(new(node.Traffic, "/shop"), 100);

        // No data is said until the objective was judged; then the budget is whole.
        await Eventually.IsTrueAsync(async () => (await node.Api.SendAsync(HttpMethod.Post, "gate", new JsonObject { ["service"] = "shop" })).Body?["reasons"]?.AsArray().Count == 0, TimeSpan.FromMinutes(1), "nothing speaks against it");
        Assert.Contains("Allowed: nothing speaks against a release of shop.", (await node.CliAsync("gate", "--service", "shop")).Ends().Output, StringComparison.Ordinal);

        // Nobody told of v7: the traffic did.
        await Eventually.IsTrueAsync(async () => (await node.Api.GetAsync("releases"))["items"]!.AsArray().Any(r => (string)r!["version"]! == "v7" && (string)r["state"]! == "seen"), TimeSpan.FromMinutes(1), "v7 is seen");
        var release = (await node.CliAsync("release", "start", "--service", "shop", "--version", "v8", "--change", "CHG-1", "--commit", "3f2a9c1")).Ends().Output.Trim();
        status = 500;
        await Curl.CountAsync(new(node.Traffic, "/shop"), 100);
        await Eventually.IsTrueAsync(async () => (await node.CliAsync("gate", "--service", "shop", "--change", "CHG-1")).ExitCode == 9, TimeSpan.FromMinutes(1), "the gate denies");

        var denied = await node.CliAsync("gate", "--service", "shop", "-o", "json");
        denied.Ends(9);
        Assert.Superset(new HashSet<string> { "budget", "burn" }, JsonNode.Parse(denied.Output)!["reasons"]!.AsArray().Where(r => (string)r!["effect"]! == "deny").Select(r => (string)r!["code"]!).ToHashSet());
        (await node.CliAsync("gate", "--service", "shop", "--priority", "p0")).Ends();
        (await node.CliAsync("release", "finish", release, "--result", "failed", "-m", "errors")).Ends();
        Assert.Equal("failed", (string)(await node.Api.GetAsync($"releases/{release}"))["state"]!);

        // The alert names the release among what changed before.
        var page = await Eventually.GetAsync(
            async () => (await node.Api.GetAsync("alerts"))["items"]!.AsArray().FirstOrDefault(a => (string)a!["severity"]! == "page" && a["evidence"] is not null), TimeSpan.FromMinutes(1), "a page fires");
        Assert.Contains(page["evidence"]!["changes"]!.AsArray(), c => (string)c!["kind"]! == "release" && (string)c["id"]! == release && ((string)c["text"]!).Contains("CHG-1", StringComparison.Ordinal));

        (await node.CliAsync("gate", "--service", "shop", "--change", "CHG-2", "--override", "takes v8 back")).Ends();
        Assert.Contains("takes v8 back", (await node.CliAsync("audit", "list", "--action", "delivery.gate_override", "-o", "json")).Ends().Output, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await node.Api.SendAsync(HttpMethod.Post, "gate", new JsonObject { ["service"] = "shop", ["override"] = "not here" })).Status);

        // What is mistyped is not taken for a service that nothing speaks against.
        var mistyped = await node.CliAsync("gate", "--service", "shpo", "--wait", "10m");
        mistyped.Ends(7);
        Assert.Contains("Did you mean \"shop\"?", mistyped.Errors, StringComparison.Ordinal);
        (await node.CliAsync("freeze", "start", "stokc", "-m", "stocktaking")).Ends(7);
        (await node.CliAsync("freeze", "start", " ", "-m", "stocktaking")).Ends(6);
        (await node.CliAsync("incidents", "open", "it is slow", "--service", "shpo")).Ends(7);
        var unknown = await node.CliAsync("incidents", "open", "it is slow", "--objective", "shop-answer");
        unknown.Ends(7);
        Assert.Contains("Did you mean \"shop-answers\"?", unknown.Errors, StringComparison.Ordinal);
        Assert.Empty((await node.Api.GetAsync("incidents?all=true"))["items"]!.AsArray());
        (await node.CliAsync("release", "start", "--service", "elsewhere", "--version", "v1")).Ends();
        (await node.CliAsync("incidents", "open", "it is slow", "--service", "elsewhere", "--objective", "shop-answers")).Ends();

        (await node.CliAsync("freeze", "start", "stock", "--for", "1h", "-m", "stocktaking")).Ends();
        (await node.CliAsync("gate", "--service", "stock")).Ends(9);
        var freeze = (string)(await node.Api.GetAsync("freezes"))["items"]![0]!["id"]!;
        (await node.CliAsync("freeze", "end", freeze)).Ends();
        (await node.CliAsync("gate", "--service", "stock")).Ends();
        await node.StopAsync();
        (await node.CliAsync("gate", "--service", "stock")).Ends(3);
    }
}
