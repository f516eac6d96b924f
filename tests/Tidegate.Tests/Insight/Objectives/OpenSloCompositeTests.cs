using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives;

/// <summary>SLOs with several objectives: each is judged, and where they have an indicator each and weights, all of them together, too.</summary>
public sealed class OpenSloCompositeTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 2, 9, 0, 0, TimeSpan.Zero));

    public ValueTask InitializeAsync() => default;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Objectives_OfOneIndicator_AreJudgedEachByItsTarget()
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Slo("[{displayName: Bronze, target: 0.9}, {displayName: Gold, target: 0.99}]", "indicator: " + Indicator("orders")));
        await node.CallsAsync(TimeSpan.FromMinutes(2), 100, 0.05);

        Assert.Equal(["shop/bronze", "shop/gold"], node.Book.States.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((0.5, "Shop: Bronze"), (Math.Round(node.Status("shop/bronze").BudgetLeft!.Value, 6), node.Status("shop/bronze").DisplayName));
        Assert.Equal((-4, "Shop: Gold"), (Math.Round(node.Status("shop/gold").BudgetLeft!.Value, 6), node.Status("shop/gold").DisplayName));
    }

    [Fact]
    public async Task Objectives_OfAnIndicatorEachWithoutWeights_AreNoComposite()
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Slo(Two("", "")));
        await TrafficAsync(node, TimeSpan.FromMinutes(2));

        Assert.Equal(["shop/orders", "shop/payments"], node.Book.States.Keys.Order(StringComparer.Ordinal));
        Assert.Equal((1.0, 0.5), (node.Status("shop/orders").Ratio!.Value, node.Status("shop/payments").Ratio!.Value));
    }

    [Theory]
    [InlineData("compositeWeight: 3", "", 0.875, 0.9875)] // (3 x 1 + 1 x 0.5) / 4; (3 x 0.99 + 0.98) / 4
    [InlineData("", "compositeWeight: 4", 0.6, 0.982)]
    [InlineData("compositeWeight: 1", "compositeWeight: 1", 0.75, 0.985)]
    public async Task Objectives_WithWeights_AreJudgedTogetherTooByTheMeanOfTheirMinutes(string first, string second, double ratio, double target)
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Slo(Two(first, second)));
        await TrafficAsync(node, TimeSpan.FromMinutes(4));

        var status = node.Status("shop");
        Assert.Equal((ratio, target, "slices", "shop", "orders"), (Math.Round(status.Ratio!.Value, 9), Math.Round(status.Target, 9), status.Unit, status.Slo, status.Service));
        Assert.InRange(status.Total, 2, 4);
        Assert.Equal(["shop", "shop/orders", "shop/payments"], node.Book.States.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(0.5, node.Status("shop/payments").Ratio!.Value);
        await TrafficAsync(node, TimeSpan.FromMinutes(2));
        Assert.Contains(await node.Alerts.ListAsync(all: true, null, 10, TestContext.Current.CancellationToken), a => a.Objective == "shop" && a.Severity == AlertSeverity.Page && a.Service == "orders");
    }

    [Fact]
    public async Task Objectives_OfWhichOneIsGrouped_AreNoCompositeAndItIsSaid()
    {
        await using var node = await ObjectiveNode.StartAsync(_database, _time, Slo(Two("compositeWeight: 2", "").Replace("service: [payments]", "groupBy: consumer", StringComparison.Ordinal)));
        await TrafficAsync(node, TimeSpan.FromMinutes(1));

        Assert.Equal("Its composite is not judged: not each of its objectives is exactly one that is judged.", node.Book.Problems["shop"]);
        Assert.Equal("not_judged", Assert.Single(node.Book.Unjudged(_time.GetUtcNow())).State);
        Assert.Equal(1, node.Status("shop/orders").Ratio);
    }

    private static string Two(string first, string second) =>
        $"[{{displayName: orders, target: 0.99, indicator: {Indicator("orders")}{Comma(first)}}}, {{displayName: payments, target: 0.98, indicator: {Indicator("payments")}{Comma(second)}}}]";

    private static string Comma(string key) => key.Length == 0 ? "" : ", " + key;

    private static string Indicator(string service) =>
        $"{{metadata: {{name: {service}-answered}}, spec: {{ratioMetric: {{counter: true, rawType: success, raw: {{metricSource: {{type: tidegate, spec: {{measure: availability, service: [{service}]}}}}}}}}}}}}";

    private static string Slo(string objectives, string more = "") => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: shop, displayName: Shop}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: {{objectives}}
          {{more}}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: payments}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    // Orders are well, half of the payments fail.
    private static Task TrafficAsync(ObjectiveNode node, TimeSpan length)
    {
        var call = 0;
        return node.CallsAsync(length, 8, 0, r =>
        {
            if (call++ % 2 == 0) return;
            (r.Service, r.Outcome) = ("payments", call % 4 == 0 ? CallOutcome.UpstreamError : CallOutcome.Ok);
        });
    }
}
