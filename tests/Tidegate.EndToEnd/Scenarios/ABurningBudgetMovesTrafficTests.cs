using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>The loop's other half on a real node: a bad version burns the budget, a policy moves the calls away, they recover, and it is taken back. Nobody but the policy lifts a hand.</summary>
public sealed class ABurningBudgetMovesTrafficTests
{
    private const string Objective = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: shop-answers}
        spec:
          service: shop
          budgetingMethod: Occurrences
          timeWindow: [{duration: 1d, isRolling: true}]
          objectives: [{target: 0.9}]
          alertPolicies: [none]
          indicator:
            metadata: {name: shop-answered}
            spec:
              ratioMetric:
                counter: true
                rawType: success
                raw: {metricSource: {type: tidegate, spec: {measure: availability, route: [shop]}}}
        """;

    private const string Split = """
        apiVersion: tidegate/v1
        kind: Route
        metadata: {name: shop}
        spec:
          match: {path: "/shop/{item}"}
          split: [{version: v1, service: shop, weight: 50}, {version: v2, service: shop-next, weight: 50}]
          identify: {anonymous: true}
        """;

    private const string Away = "{type: split, route: shop, split: [{version: v1, service: shop}]}";

    [Fact]
    public async Task BadVersion_BurnsTheBudget_LosesItsCallsUntilTheyRecover_AndAPersonHasTheLastWord()
    {
        await using var shop = await Shop.StartAsync();
        using var config = new ConfigFiles([.. shop.Documents, Split, Objective, Policy("shop", Away), Policy("only-says", "{type: freeze}, " + Away, "dryRun: true")]);
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        var before = await Curl.CountAsync(new(node.Traffic, "/shop/tea"), 200);
        Assert.True(200 - before[200] > 50, $"half of the calls fail: {before}");

        // Judged every ten seconds, and looked at as often. The calls go on meanwhile: a burst before the objective was judged first is known to the minute, and may be out of the last one at the second look.
        await Eventually.IsTrueAsync(async () =>
        {
            await Curl.CountAsync(new(node.Traffic, "/shop/tea"), 20);
            return await StateAsync(node, "shop") is ("active", "done");
        }, TimeSpan.FromMinutes(2), "the policy acts");
        Assert.Equal(200, (await Curl.CountAsync(new(node.Traffic, "/shop/tea"), 200))[200]);
        var overlay = Assert.Single((await node.Api.GetAsync("config/overlays"))["items"]!.AsArray())!;
        Assert.Equal("policy/shop", (string?)overlay["author"]);
        Assert.Contains("shop-answers: burns ", (string)overlay["evidence"]!, StringComparison.Ordinal);
        Assert.Equal(("active", "would"), await StateAsync(node, "only-says"));

        await using (var caller = SteadyCaller.Start(new(node.Traffic, "/shop/tea"), callers: 2))
        {
            // Good calls outweigh the bad ones of the last minute.
            await Eventually.IsTrueAsync(async () => (await ToldAsync(node, "shop")).Contains("remediation.reverted"), TimeSpan.FromMinutes(3), "the budget recovers, and the shift is taken back");
            await caller.StopAsync();
        }

        Assert.DoesNotContain((await node.Api.GetAsync("config/overlays"))["items"]!.AsArray(), o => (string?)o!["id"] == (string?)overlay["id"]);
        Assert.Equal(["remediation.rule_entered", "remediation.acted", "remediation.rule_left", "remediation.reverted"], (await ToldAsync(node, "shop")).Take(4));
        Assert.Equal(["remediation.rule_entered", "remediation.would_act"], (await ToldAsync(node, "only-says")).Take(2));
        Assert.DoesNotContain("remediation.acted", await ToldAsync(node, "only-says"));
        Assert.Empty((await node.Api.GetAsync("freezes?all=true"))["items"]!.AsArray());

        // The version is still bad. It burns again, and this time a person wants it so.
        string? revoked = null;
        await Eventually.IsTrueAsync(async () =>
        {
            if ((await node.Api.GetAsync("config/overlays"))["items"]!.AsArray().Count == 0) await Curl.CountAsync(new(node.Traffic, "/shop/tea"), 300);
            revoked = (await node.Api.GetAsync("config/overlays"))["items"]!.AsArray().Select(o => (string?)o!["id"]).FirstOrDefault();
            return revoked is not null && revoked != (string?)overlay["id"];
        }, TimeSpan.FromMinutes(2), "the policy acts again");
        (await node.CliAsync("overlay", "revoke", revoked!)).Ends();
        await Eventually.IsTrueAsync(async () =>
        {
            await Curl.CountAsync(new(node.Traffic, "/shop/tea"), 100);
            return (await ToldAsync(node, "shop")).Contains("remediation.revoked") && await StateAsync(node, "shop") is ("active", "revoked");
        }, TimeSpan.FromMinutes(2), "the policy has seen that a person took it back");
        Assert.Empty((await node.Api.GetAsync("config/overlays"))["items"]!.AsArray());
        Assert.Equal(2, (await node.Api.GetAsync("config/overlays?all=true"))["items"]!.AsArray().Count);
        var shown = await node.CliAsync("policies", "show", "shop");
        shown.Ends();
        Assert.Contains("A person took it back", shown.Output, StringComparison.Ordinal);
        (await node.CliAsync("policies", "list")).Ends();
        (await node.CliAsync("policies", "reset", "shop", "burning")).Ends();
        Assert.Contains("It has burning.", (await node.CliAsync("policies", "reset", "shop", "nothing")).Errors, StringComparison.Ordinal);
        Assert.Equal(System.Net.HttpStatusCode.NotFound, (await node.Api.SendAsync(HttpMethod.Get, "policies/nothing")).Status);
        await node.StopAsync();
    }

    [Fact]
    public async Task Kill_BetweenDecidingAndActing_NothingIsDoneTwiceAndNothingForgotten()
    {
        await using var shop = await Shop.StartAsync();
        using var config = new ConfigFiles([.. shop.Documents, Split, Objective, Policy("shop", "{type: freeze}, {type: incident, severity: sev1}, " + Away, over: "5m")]);
        using var data = new TempDirectory();
        var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        try
        {
            await Curl.CountAsync(new(node.Traffic, "/shop/tea"), 200);
            await Eventually.IsTrueAsync(async () => (await ToldAsync(node, "shop")).Contains("remediation.rule_entered"), TimeSpan.FromMinutes(2), "the policy has decided");
            await node.KillAsync();
        }
        finally
        {
            await node.DisposeAsync();
        }

        await using var next = await TidegateProcess.ServeAsync(node.Setup with { Config = null });
        TestContext.Current.TestOutputHelper?.WriteLine($"done before the kill: {string.Join(", ", await ToldAsync(next, "shop"))}");
        await Eventually.IsTrueAsync(async () => (await ToldAsync(next, "shop")).Count(t => t == "remediation.acted") == 3, TimeSpan.FromMinutes(2), "the rest is done");

        Assert.Equal(1, (await ToldAsync(next, "shop")).Count(t => t == "remediation.rule_entered"));
        Assert.Single((await next.Api.GetAsync("config/overlays?all=true"))["items"]!.AsArray());
        Assert.Single((await next.Api.GetAsync("freezes?all=true"))["items"]!.AsArray());
        var incident = Assert.Single((await next.Api.GetAsync("incidents?all=true"))["items"]!.AsArray())!;
        var shown = await next.CliAsync("incidents", "show", (string)incident["id"]!);
        shown.Ends();
        Assert.Contains("overlay by policy/shop", shown.Output, StringComparison.Ordinal);
        Assert.Contains("remediation.rule_entered", shown.Output, StringComparison.Ordinal);
        (await next.CliAsync("incidents", "note", (string)incident["id"]!, "v2 is bad")).Ends();
        var joined = await next.CliAsync("incidents", "open", "a person has seen it, too", "--service", "shop", "--since", "2026-01-01T00:00Z", "-o", "json");
        joined.Ends();
        Assert.Equal((string?)incident["id"], (string?)JsonNode.Parse(joined.Output)!["id"]);
        (await next.CliAsync("incidents", "close", (string)incident["id"]!, "-m", "v2 is away")).Ends();
        var listed = await next.CliAsync("incidents", "list", "--all", "--service", "shop", "-o", "json");
        listed.Ends();
        Assert.NotNull(Assert.Single(JsonNode.Parse(listed.Output)!.AsArray())!["closedAt"]);
        (await next.CliAsync("audit", "verify")).Ends();
        await next.StopAsync();
    }

    private static async Task<(string Rule, string Action)> StateAsync(TidegateProcess node, string policy)
    {
        var rule = (await node.Api.GetAsync($"policies/{policy}"))["rules"]![0]!;
        return ((string)rule["state"]!, (string)rule["actions"]!.AsArray().First(a => (string?)a!["type"] == "overlay")!["state"]!);
    }

    private static async Task<IReadOnlyList<string>> ToldAsync(TidegateProcess node, string policy) =>
        [.. (await node.Api.GetAsync($"events?subject=policy/{policy}&limit=500"))["items"]!.AsArray().Select(e => (string)e!["type"]!).Reverse()];

    private static string Policy(string name, string actions, string more = "", string over = "1m") => $$"""
        apiVersion: tidegate/v1
        kind: ErrorBudgetPolicy
        metadata: {name: {{name}}}
        spec:
          for: {slos: [shop-answers]}
          {{more}}
          rules:
            - name: burning
              when: {burnAbove: 1, over: {{over}}}
              exit: {burnBelow: 1, after: 0s}
              minActive: 0s
              coolDown: 0s
              actions: [{{actions}}]
        """;

    /// <summary>A service whose next version fails every call.</summary>
    private sealed class Shop : IAsyncDisposable
    {
        private readonly KestrelPeer _good;
        private readonly KestrelPeer _bad;

        private Shop(KestrelPeer good, KestrelPeer bad) => (_good, _bad) = (good, bad);

        public string[] Documents => [ConfigFiles.Service("shop", _good.Address), ConfigFiles.Service("shop-next", _bad.Address, "resilience: { retry: { maxAttempts: 1 } }")];

        public static async Task<Shop> StartAsync() => new(
            await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/shop/{item}", (string item) => item)),
            await KestrelPeer.StartAsync(HttpProtocols.Http1, app => app.MapGet("/shop/{item}", () => Results.StatusCode(500))));

        public async ValueTask DisposeAsync()
        {
            await _good.DisposeAsync();
            await _bad.DisposeAsync();
        }
    }
}
