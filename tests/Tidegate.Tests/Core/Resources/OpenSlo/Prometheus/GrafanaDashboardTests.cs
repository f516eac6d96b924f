using System.Reflection;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Prometheus;
using Tidegate.Core.Resources.Reading;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Core.Resources.OpenSlo.Prometheus;

public sealed partial class GrafanaDashboardTests
{
    private const string Documents = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders-work, displayName: Orders work}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.999, displayName: strict}, {target: 0.9, displayName: lax}]
          indicator: {metadata: {name: a}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: availability, service: [orders]}}}}}}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders-fast}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator: {metadata: {name: l}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: latency, threshold: 300ms, service: [orders]}}}}}}
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: orders-cheap}
        spec:
          service: orders
          budgetingMethod: Occurrences
          timeWindow: [{duration: 30d, isRolling: true}]
          objectives: [{target: 0.99}]
          indicator: {metadata: {name: c}, spec: {ratioMetric: {rawType: success, raw: {metricSource: {type: tidegate, spec: {measure: cost_per_good_answer, threshold: 0.02 USD, service: [orders]}}}}}}
        ---
        apiVersion: tidegate/v1
        kind: Service
        metadata: {name: orders}
        spec: {destinations: [{address: "http://127.0.0.1:9"}]}
        """;

    private static readonly ConfigDocument Document = DocumentReader.Read("test.yaml", Documents) is { Document: { } read } ? read : throw new InvalidOperationException();

    [Fact]
    public void Of_Panels_HaveTheShapeThatGrafanaImports()
    {
        var dashboard = Read(GrafanaDashboard.Of(Document).Json);

        Assert.Equal((GrafanaDashboard.Uid, 39), (dashboard["uid"]!.GetValue<string>(), dashboard["schemaVersion"]!.GetValue<int>()));
        var panels = dashboard["panels"]!.AsArray().Select(p => p!).ToList();
        Assert.Equal(panels.Count, panels.Select(p => p["id"]!.GetValue<int>()).Distinct().Count());
        Assert.Equal(["orders-fast (99 %)", "Orders work: strict (99.9 %)", "Orders work: lax (90 %)", "Traffic", "Models"], panels.Where(p => Text(p, "type") == "row").Select(p => Text(p, "title")));
        var taken = new HashSet<(int, int)>();
        foreach (var panel in panels)
        {
            var (x, y, w, h) = (panel["gridPos"]!["x"]!.GetValue<int>(), panel["gridPos"]!["y"]!.GetValue<int>(), panel["gridPos"]!["w"]!.GetValue<int>(), panel["gridPos"]!["h"]!.GetValue<int>());
            Assert.True(x >= 0 && x + w <= 24);
            for (var i = x; i < x + w; i++)
                for (var j = y; j < y + h; j++) Assert.True(taken.Add((i, j)), $"{Text(panel, "title")} lies over another panel");
            if (Text(panel, "type") == "row") continue;
            Assert.Contains(Text(panel, "type"), new[] { "stat", "timeseries" });
            var targets = panel["targets"]!.AsArray();
            Assert.NotEmpty(targets);
            Assert.Equal(targets.Count, targets.Select(t => Text(t!, "refId")).Distinct().Count());
            Assert.All(targets, t => Assert.Equal("${DS_PROMETHEUS}", Text(t!["datasource"]!, "uid")));
        }
    }

    [Fact]
    public void Of_WhatPrometheusCannotSay_IsNoted() =>
        Assert.Contains(GrafanaDashboard.Of(Document).Notes, n => n.Resource == "SLO/orders-cheap" && n.Message.Contains("cost_per_good_answer", StringComparison.Ordinal));

    [Fact]
    public void Of_OneSlo_HasItsPanelsOnly()
    {
        var dashboard = Read(GrafanaDashboard.Of(Document, "orders-fast").Json);

        Assert.Equal(["orders-fast (99 %)", "Traffic", "Models"], dashboard["panels"]!.AsArray().Where(p => Text(p!, "type") == "row").Select(p => Text(p!, "title")));
    }

    [Fact]
    public void Of_EveryQuery_UsesMetricsThatExistAndLabelsThatTheyHave()
    {
        var metrics = typeof(CallMetricNames).Assembly.GetTypes().SelectMany(t => t.GetProperties(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)).Where(p => p.PropertyType == typeof(MetricDefinition))
            .Select(p => (MetricDefinition)p.GetValue(null)!).ToDictionary(m => m.Name, StringComparer.Ordinal);
        var recorded = Record().Matches(PrometheusRules.Of(Document).Yaml).Select(m => m.Groups[1].Value).ToHashSet(StringComparer.Ordinal);
        var queries = Queries(GrafanaDashboard.Of(Document).Json).ToList();

        Assert.True(queries.Count > 15);
        foreach (var query in queries)
        {
            var used = Metric().Matches(query).ToList();
            Assert.True(used.Count > 0, query);
            foreach (var match in used)
            {
                var (name, selector) = (match.Groups[1].Value, match.Groups[2].Value);
                if (name.StartsWith("slo:", StringComparison.Ordinal))
                {
                    Assert.True(recorded.Contains(name), $"{name} is not recorded by the exported rules");
                    continue;
                }

                var metric = metrics.GetValueOrDefault(name) ?? metrics.GetValueOrDefault(Suffix().Replace(name, ""));
                Assert.True(metric is not null, $"{name} does not exist");
                Assert.All(Label().Matches(selector).Select(l => l.Groups[1].Value), label => Assert.True(label == "le" || metric!.Labels.Contains(label), $"{name} has no label {label}"));
            }
        }
    }

    [Fact]
    public async Task Of_EveryQuery_IsPromQl()
    {
        using var directory = new TempDirectory();
        var rules = new JsonArray([.. Queries(GrafanaDashboard.Of(Document).Json).Select((q, i) => (JsonNode)new JsonObject { ["record"] = $"query:{i}", ["expr"] = q.Replace("$__rate_interval", "5m", StringComparison.Ordinal).Replace("$service", ".*", StringComparison.Ordinal) })]);
        var file = directory.Combine("rules.yaml");
        await File.WriteAllTextAsync(file, new JsonObject { ["groups"] = new JsonArray(new JsonObject { ["name"] = "dashboard", ["rules"] = rules }) }.ToJsonString(), TestContext.Current.CancellationToken);

        var (content, said) = await Promtool.RunAsync("check", "rules", file);

        Assert.True(content, said);
    }

    private static JsonNode Read(string json) => JsonNode.Parse(json)!;

    private static string Text(JsonNode node, string key) => node[key]!.GetValue<string>();

    private static IEnumerable<string> Queries(string json) => Read(json)["panels"]!.AsArray().Where(p => p!["targets"] is not null).SelectMany(p => p!["targets"]!.AsArray()).Select(t => Text(t!, "expr"));

    [GeneratedRegex(@"((?:tidegate_|slo:)[a-z0-9_:]+)(\{[^}]*\})?")]
    private static partial Regex Metric();

    [GeneratedRegex("([a-z_]+)(?:=|!)")]
    private static partial Regex Label();

    [GeneratedRegex("_(bucket|count|sum)$")]
    private static partial Regex Suffix();

    [GeneratedRegex(@"record: ""?(slo:[a-z0-9_:]+)")]
    private static partial Regex Record();
}
