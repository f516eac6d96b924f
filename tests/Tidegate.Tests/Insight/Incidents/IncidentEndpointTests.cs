using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Objectives;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.Incidents;

/// <summary>Incidents in a whole node, by its verbs.</summary>
public sealed class IncidentEndpointTests : IAsyncLifetime
{
    private ModelNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await ModelNode.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Close_OfOneThatIsClosed_KeepsTheNoteAndTheFirstEnd()
    {
        var (_, opened) = await _node.RunAsync("incidents", "open", "orders fail", "-o", "json");
        var id = (string)JsonNode.Parse(opened.Output)!["id"]!;
        Assert.Equal(0, (await _node.RunAsync("incidents", "close", id, "-m", "room was made")).Code);
        var closed = await ShowAsync(id);
        Assert.Equal(["room was made"], Notes(closed));

        Assert.Equal(0, (await _node.RunAsync("incidents", "close", id, "-m", "it was the index")).Code);

        var again = await ShowAsync(id);
        Assert.Equal(["room was made", "it was the index"], Notes(again));
        Assert.Equal((string?)closed["closedAt"], (string?)again["closedAt"]);
        Assert.Equal(0, (await _node.RunAsync("incidents", "close", id)).Code);
        Assert.Equal(2, Notes(await ShowAsync(id)).Count);
        Assert.Equal(7, (await _node.RunAsync("incidents", "close", "inc_77", "-m", "which one?")).Code);
    }

    [Fact]
    public async Task Close_WhileItsPageFires_SaysSo_AndAcknowledgingSaysWho()
    {
        var now = DateTimeOffset.UtcNow;
        await _node.Part<AlertStore>().FireAsync(
            new Alert
            {
                Id = "alert_orders_page_1", Objective = "orders", Slo = "orders", Service = "orders", Severity = AlertSeverity.Page, FiredAt = now, ImpactStart = now, Condition = "14.4x over 1h and 5m", Burn = 20,
                BudgetLeft = 0.5, Summary = "Orders fail.",
            }, TestContext.Current.CancellationToken);
        await _node.ApplyAsync("""
            apiVersion: tidegate/v1
            kind: Silence
            metadata: {name: known}
            spec: {matchers: [{name: service, value: orders}], until: "2100-01-01T00:00:00Z", author: ada, reason: it is being mended}
            """);
        var (_, opened) = await _node.RunAsync("incidents", "open", "orders fail", "--alert", "alert_orders_page_1", "--alert", "alert_gone", "-o", "json");
        var id = (string)JsonNode.Parse(opened.Output)!["id"]!;

        Assert.Equal("admin takes care of inc_1 since ", (await _node.RunAsync("incidents", "ack", id)).Terminal.Output[..32]);
        Assert.Contains("admin", (string)(await ShowAsync(id))["acknowledgedBy"]!, StringComparison.Ordinal);
        Assert.Contains("alert_orders_page_1 (it fires)", (await _node.RunAsync("incidents", "show", id)).Terminal.Output, StringComparison.Ordinal);
        var closed = await _node.RunAsync("incidents", "close", id);
        Assert.Equal(0, closed.Code);
        Assert.Contains("alert_orders_page_1 still fires: closing an incident ends no alert.", closed.Terminal.Errors, StringComparison.Ordinal);
        var alert = (await _node.RunAsync("alerts", "show", "alert_orders_page_1")).Terminal.Output;
        Assert.Contains("silenced until 2100-01-01 00:00:00Z by ada (known): it is being mended", alert, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SloList_AnSloThatIsNotJudged_HasARowAndTheReason()
    {
        var applied = await _node.RunWithAsync("""
            apiVersion: tidegate/v1
            kind: Service
            metadata: {name: orders}
            spec: {destinations: [{address: "http://127.0.0.1:9"}]}
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: each}
            spec:
              service: orders
              indicator: {metadata: {name: a}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, groupBy: consumer}}}}}}
              timeWindow: [{duration: 30d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.999}]
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: {name: all}
            spec:
              service: orders
              indicator: {metadata: {name: b}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}}}}
              timeWindow: [{duration: 30d, isRolling: true}]
              budgetingMethod: Occurrences
              objectives: [{target: 0.999}]
            ---
            apiVersion: tidegate/v1
            kind: CompositeSLO
            metadata: {name: journey}
            spec: {method: any_bad, target: 0.99, timeWindow: [{duration: 30d, isRolling: true}], parts: [{slo: each}, {slo: all}]}
            """, "apply", "-");
        Assert.Equal(0, applied.Code);
        Assert.Contains("SLO/each has groupBy: consumer", applied.Terminal.Errors, StringComparison.Ordinal);

        var (code, terminal) = await _node.RunAsync("slo", "list", "-o", "json");
        var rows = JsonNode.Parse(terminal.Output)!.AsArray().ToDictionary(r => (string)r!["id"]!, r => r!, StringComparer.Ordinal);

        Assert.Equal(0, code);
        Assert.Equal(["all", "journey"], rows.Keys.Order(StringComparer.Ordinal));
        Assert.Equal(("not_judged", 0.99), ((string)rows["journey"]["state"]!, (double)rows["journey"]["target"]!));
        Assert.Contains("journey is not judged: Its part each is not exactly one objective that is judged.", terminal.Errors, StringComparison.Ordinal);
        var shown = await _node.RunAsync("slo", "show", "journey");
        Assert.Equal(0, shown.Code);
        Assert.Contains("not_judged: Its part each is not exactly one", shown.Terminal.Output, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Notes(JsonNode incident) => [.. incident["notes"]!.AsArray().Select(n => (string)n!["text"]!)];

    private async Task<JsonNode> ShowAsync(string id) => JsonNode.Parse((await _node.RunAsync("incidents", "show", id, "-o", "json")).Terminal.Output)!["incident"]!;
}
