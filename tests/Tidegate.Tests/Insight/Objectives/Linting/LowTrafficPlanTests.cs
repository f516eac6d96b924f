using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Insight.Objectives.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Objectives.Linting;

/// <summary>The lint of semantics 3.4 in the plan of a node, over HTTP: what only a node can know (its traffic) beside what the documents say.</summary>
public sealed class LowTrafficPlanTests : IAsyncLifetime
{
    private const string Slo = """
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}], dependencies: [{service: stock}]}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: stock}
        spec: {destinations: [{address: "http://127.0.0.1:8"}]}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: stock}
        spec:
          service: stock
          budgetingMethod: Occurrences
          timeWindow: [{duration: 3Y, isRolling: true}]
          objectives: [{target: 0.93}]
          indicator: {metadata: {name: s}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [stock]}}}}}}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.999}]
          indicator: {metadata: {name: i}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}}}}
        """;

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private ObjectiveAdmin _node = null!;

    public async ValueTask InitializeAsync() => _node = await ObjectiveAdmin.StartAsync(Now);

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Theory]
    [InlineData(12, true)] // one call in five minutes: 12 an hour
    [InlineData(1200, false)]
    public async Task Semantics3_4_PlanOfANode_WarnsOfAllThatCanBeKnownBeforeItBurns(int perHour, bool warned)
    {
        var calls = new List<CallRecord>();
        for (var at = Now.AddHours(-3); at < Now; at += TimeSpan.FromHours(1) / perHour)
        {
            calls.Add(SampleCalls.Ordinary(at));
            calls[^1].Service = "orders";
        }

        await _node.LogAsync(calls);

        var (status, plan, _) = await _node.Client.PostAsJsonAsync("config/plan", new { files = new[] { new { name = "slo.yaml", text = Slo } } });

        Assert.Equal(200, status);
        var findings = plan!["findings"]!.AsArray();
        Assert.Equal(
            ["SLO/orders above_dependencies", .. warned ? new[] { "SLO/orders low_traffic" } : [], "SLO/stock dead_pair", "SLO/stock longer_than_retention", "SLO/stock rolling_month"],
            findings.Select(f => $"{Text(f, "resource")} {Text(f, "code")}").Order(StringComparer.Ordinal));
        if (warned) Assert.Contains("14.4x over 1h needs 70 events and had about 12", findings.Select(f => Text(f, "message")).Single(m => m.Contains("so little traffic", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    private static string Text(JsonNode? finding, string key) => finding![key]!.GetValue<string>();
}
