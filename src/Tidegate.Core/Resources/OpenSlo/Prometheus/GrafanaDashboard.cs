using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.OpenSlo.Slos;

namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>
/// A dashboard of Grafana over the metrics of <c>/metrics</c> and over what <see cref="PrometheusRules"/> records: budgets and burn rates of the SLOs that Prometheus can say, and how the gateway does.
/// It is of Grafana's classic JSON model (schema version 39), which every version since 10 imports; it asks for its data source when it is imported.
/// </summary>
public static class GrafanaDashboard
{
    /// <summary>What Grafana keeps it under: imported again, it replaces itself.</summary>
    public const string Uid = "tidegate-objectives";

    private const int Schema = 39;
    private const int Columns = 24;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The dashboard.</summary>
    /// <param name="document">Where the SLOs are.</param>
    /// <param name="slo">Name of the only SLO wanted; null: all of them.</param>
    public static GrafanaDashboardResult Of(ConfigDocument document, string? slo = null)
    {
        var (notes, panels) = (new List<Finding>(), new GrafanaPanels(Columns));
        foreach (var resource in document.OfKind<SloConfig>().Where(s => slo is null || s.Metadata.Name == slo))
            for (var i = 0; i < resource.Spec.Objectives.Count; i++) Objective(resource, i, document, panels, notes);
        Gateway(panels);
        var dashboard = new JsonObject
        {
            ["__inputs"] = new JsonArray(new JsonObject { ["name"] = "DS_PROMETHEUS", ["label"] = "Prometheus", ["description"] = "Scrapes Tidegate and has its exported rules", ["type"] = "datasource", ["pluginId"] = "prometheus", ["pluginName"] = "Prometheus" }),
            ["uid"] = slo is null ? Uid : null,
            ["title"] = slo is null ? "Tidegate: objectives and traffic" : $"Tidegate: {slo}",
            ["tags"] = new JsonArray("tidegate", "slo"),
            ["timezone"] = "utc",
            ["schemaVersion"] = Schema,
            ["version"] = 1,
            ["editable"] = true,
            ["refresh"] = "30s",
            ["time"] = new JsonObject { ["from"] = "now-6h", ["to"] = "now" },
            ["templating"] = new JsonObject { ["list"] = new JsonArray(Variable("service", $"label_values({CallMetricNames.Calls.Name}, service)")) },
            ["annotations"] = new JsonObject { ["list"] = new JsonArray() },
            ["panels"] = panels.Done(),
        };
        return new GrafanaDashboardResult(dashboard.ToJsonString(Indented) + "\n", notes);
    }

    private static void Objective(Resource<SloConfig> slo, int index, ConfigDocument document, GrafanaPanels panels, List<Finding> notes)
    {
        var objective = slo.Spec.Objectives[index];
        void Note(string message) => notes.Add(new Finding(FindingSeverity.Warning, "not_expressible", slo.Id, $"spec.objectives[{index}]", message, slo.Source));
        if (ErrorExpression.Of(slo.Spec, objective, document, Note) is not { } errors) return;
        var (target, name) = (SloTarget.Of(objective), objective.DisplayName ?? slo.Metadata.Name);
        var period = slo.Spec.TimeWindow[0].Duration.Length;
        if (slo.Spec.TimeWindow[0].Calendar is not null) Note("Prometheus has no calendar: the budget shown is that of the last days, as many as the period has.");
        var (window, allowed) = (PrometheusText.Duration(period), PrometheusText.Number(1 - target));
        panels.Row($"{slo.Metadata.DisplayName ?? slo.Metadata.Name}{(name == slo.Metadata.Name ? "" : $": {name}")} ({PrometheusText.Number(target * 100)} %)");
        panels.Stat("Error budget left", "percentunit", 6, $"1 - ({errors.Ratio(window)}) / {allowed}", [(null, "red"), (0, "orange"), (0.25, "green")]);
        panels.Stat("Good", "percentunit", 6, $"1 - ({errors.Ratio(window)})", [(null, "red"), ((double)target, "green")]);
        var selector = $"{{slo={PrometheusText.Quoted(slo.Metadata.Name)},objective={PrometheusText.Quoted(name)}}}";
        // The rules record one ratio for each window that an alert looks at.
        var windows = SloAlerts.Of(slo.Spec.AlertPolicies, period, document).SelectMany(a => new[] { a.Pair.Short, a.Pair.Long }).DefaultIfEmpty(TimeSpan.FromMinutes(5)).Distinct().Order();
        panels.Graph("Burn rate (1 uses the budget up in exactly its period)", "none", 12, [.. windows.Select(w => (PrometheusText.Duration(w), $"slo:error_ratio:rate{PrometheusText.Duration(w)}{selector} / on(slo, objective) (1 - slo:objective:ratio{selector})"))]);
    }

    private static void Gateway(GrafanaPanels panels)
    {
        const string of = "service=~\"$service\"";
        var (calls, duration, first) = (CallMetricNames.Calls.Name, CallMetricNames.CallDuration.Name, ModelMetricNames.FirstToken.Name);
        panels.Row("Traffic");
        panels.Graph("Calls by outcome", "reqps", 12, [("{{outcome}}", $"sum by (outcome) (rate({calls}{{{of}}}[$__rate_interval]))")]);
        var failures = PrometheusText.OneOf("outcome", CallOutcomes.ServiceFailures);
        panels.Graph("Failed for the service's fault", "percentunit", 12, [("{{service}}", $"sum by (service) (rate({calls}{{{of},{failures}}}[$__rate_interval])) / sum by (service) (rate({calls}{{{of}}}[$__rate_interval]))")]);
        panels.Graph("Duration of calls", "s", 12, [.. Quantiles(duration, of)]);
        panels.Graph("Calls being served", "none", 12, [("calls", $"sum({CallMetricNames.CallsInFlight.Name})")]);
        panels.Graph("Retries and fallbacks", "reqps", 12, [("{{service}} {{kind}}", $"sum by (service, kind) (rate({CallMetricNames.Attempts.Name}{{{of},kind!=\"first\"}}[$__rate_interval]))")]);
        panels.Graph("Shed and refused by limits", "reqps", 12,
            [("shed {{reason}}", $"sum by (reason) (rate({CallMetricNames.Shed.Name}{{{of}}}[$__rate_interval]))"), ("limit {{limit}}", $"sum by (limit) (rate({CallMetricNames.LimitRejections.Name}[$__rate_interval]))")]);
        panels.Row("Models");
        panels.Graph("Time to the first token", "s", 12, [.. Quantiles(first, "shadow=\"false\"")]);
        panels.Graph("Cost per hour", "none", 12, [("{{model}} {{currency}}", $"sum by (model, currency) (rate({ModelMetricNames.Cost.Name}[$__rate_interval])) * 3600")]);
        panels.Graph("Tokens", "none", 12, [("{{model}} {{kind}}", $"sum by (model, kind) (rate({ModelMetricNames.Tokens.Name}[$__rate_interval]))")]);
        panels.Graph("Budgets of tokens and money", "percentunit", 12, [("{{budget}} {{unit}}", $"max by (budget, unit) ({CallMetricNames.BudgetUsedRatio.Name})")]);
    }

    private static readonly double[] Shares = [0.5, 0.9, 0.99];

    // Of summed buckets: percentiles are never averaged.
    private static IEnumerable<(string Legend, string Query)> Quantiles(string histogram, string selector) =>
        Shares.Select(q => (string.Create(CultureInfo.InvariantCulture, $"p{q * 100:0}"), string.Create(CultureInfo.InvariantCulture, $"histogram_quantile({q}, sum by (le) (rate({histogram}_bucket{{{selector}}}[$__rate_interval])))")));

    private static JsonObject Variable(string name, string query) => new()
    {
        ["name"] = name, ["label"] = "Service", ["type"] = "query", ["datasource"] = GrafanaPanels.Source(), ["definition"] = query, ["query"] = new JsonObject { ["query"] = query, ["refId"] = "service" },
        ["refresh"] = 2, ["sort"] = 1, ["multi"] = true, ["includeAll"] = true, ["allValue"] = ".*", ["current"] = new JsonObject { ["text"] = "All", ["value"] = "$__all" }, ["options"] = new JsonArray(),
    };
}
