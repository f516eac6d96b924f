using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Routes;
using Tidegate.Operations.Remediation;
using Tidegate.Platform.Events;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Operations.Remediation.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Remediation;

/// <summary>A budget burns, and callers get old answers until it has recovered: policy, overlay and gateway are the real ones.</summary>
public sealed class StalePolicyTests : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));
    private readonly TestDatabase _database = new SqliteTestDatabase();
    private TestUpstream _upstream = null!;
    private int _number;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _upstream = await TestUpstream.StartAsync(c => c.Response.WriteAsync($"{Interlocked.Increment(ref _number)}"));

    public async ValueTask DisposeAsync()
    {
        await _upstream.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Rule_BudgetBurns_OldAnswersAreGivenWithoutAskingTheService_UntilItHasRecovered()
    {
        await using var node = await PolicyNode.StartAsync(_database, _time, Documents());
        await using var gateway = await TestGateway.StartAsync(node.Config.Publisher.Current!.Document);
        using var following = node.Config.Publisher.Subscribe(c => gateway.Apply(c.Document));
        Assert.Equal("1", await AskAsync(gateway, "/shop"));
        Assert.Equal("2", await AskAsync(gateway, "/shop"));

        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        var overlay = Assert.Single(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Equal("policy/orders", overlay.Author);
        Assert.StartsWith("orders-work: burns ", overlay.Evidence, StringComparison.Ordinal);
        Assert.Equal("old answers of Route/shop where some are kept", (await node.RuleAsync()).Actions[0].Text);
        Assert.Equal("2", await AskAsync(gateway, "/shop"));
        Assert.Equal("2", await AskAsync(gateway, "/shop"));
        Assert.Equal(2, _upstream.Requests);
        Assert.Equal("3", await AskAsync(gateway, "/shop?of=another"));

        await node.RunAsync(TimeSpan.FromMinutes(12), 0);

        Assert.Empty(await node.Overlays.ListAsync(all: false, Cancel));
        Assert.Equal("4", await AskAsync(gateway, "/shop"));
        Assert.Equal(["rule_entered", "acted", "rule_left", "reverted"], await node.ToldAsync());
    }

    [Fact]
    public async Task DryRun_SaysWhatItWouldDo_AndTheServiceIsAsked()
    {
        await using var node = await PolicyNode.StartAsync(_database, _time, Documents("dryRun: true"));

        await node.RunAsync(TimeSpan.FromMinutes(2), 0.5);

        Assert.Contains("old answers of Route/shop", (await node.Events.ListAsync(new EventQuery { Type = PolicyReader.WouldAct }, Cancel))[0].Data!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(await node.Overlays.ListAsync(all: true, Cancel));
        Assert.Equal(StaleServe.OnError, ((Resource<RouteConfig>)node.Config.Publisher.Current!.Document.Find("Route/shop")!).Spec.Stale!.Serve);
    }

    private static async Task<string> AskAsync(TestGateway gateway, string path) => await (await gateway.GetAsync(path)).Content.ReadAsStringAsync(Cancel);

    private string Documents(string policy = "") => PolicyNode.Shop.Replace("http://127.0.0.1:9\"", $"{_upstream.Address.GetLeftPart(UriPartial.Authority)}\"", StringComparison.Ordinal)
        .Replace("spec: {match: {path: /shop}, ", "spec: {match: {path: /shop}, identify: {anonymous: true}, stale: {}, ", StringComparison.Ordinal) + $$"""
        ---
        apiVersion: tidegate/v1
        kind: ErrorBudgetPolicy
        metadata: {name: orders}
        spec:
          for: {slos: [orders-work]}
          {{policy}}
          rules:
            - name: burning
              when: {burnAbove: 10, over: 5m}
              exit: {burnBelow: 2, after: 2m}
              minActive: 1m
              lasts: 30m
              actions: [{type: stale, services: [orders]}]

        """;
}
