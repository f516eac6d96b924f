using System.Globalization;
using System.Text.Json.Nodes;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Writing;

namespace Tidegate.Core.Resources.OpenSlo.Prometheus;

/// <summary>
/// SLOs as rules of Prometheus: one error ratio recorded per window, and one alert per pair of windows. For objectives over Prometheus' own metrics, and for those
/// over the gateway's counters as far as <c>/metrics</c> carries them.
/// </summary>
public static class PrometheusRules
{
    /// <summary>Name of all burn alerts.</summary>
    public const string Alert = "ErrorBudgetBurn";

    /// <summary>Name of all alerts about missing data.</summary>
    public const string NoData = "ErrorBudgetNoData";

    private const string Ratio = "slo:error_ratio:rate";

    /// <summary>The rule file.</summary>
    /// <param name="document">Where the SLOs are.</param>
    /// <param name="slo">Name of the only SLO wanted; null: all of them.</param>
    public static PrometheusRulesResult Of(ConfigDocument document, string? slo = null)
    {
        var notes = new List<Finding>();
        var groups = new JsonArray();
        foreach (var resource in document.OfKind<SloConfig>().Where(s => slo is null || s.Metadata.Name == slo))
        {
            var rules = new JsonArray();
            for (int i = 0; i < resource.Spec.Objectives.Count; i++) Objective(resource, i, document, rules, notes);
            if (SloComposite.Is(resource.Spec))
                notes.Add(new Finding(FindingSeverity.Warning, "not_expressible", resource.Id, "spec.objectives", "Its objectives have rules each; the composite of them by compositeWeight is left out: it is judged by the ratios of minutes.", resource.Source));
            if (rules.Count > 0) groups.Add(new JsonObject { ["name"] = $"tidegate-slo-{resource.Metadata.Name}", ["rules"] = rules });
        }

        // Who finds the file later should see what is not in it.
        var comments = notes.Select(n => $"# {PrometheusText.OneLine($"{n.Resource} {n.Path}: {n.Message}")}\n").Distinct(StringComparer.Ordinal);
        return new PrometheusRulesResult(string.Concat(comments) + YamlWriter.Text(new JsonObject { ["groups"] = groups }), groups.Count, notes);
    }

    private static void Objective(Resource<SloConfig> slo, int index, ConfigDocument document, JsonArray rules, List<Finding> notes)
    {
        var objective = slo.Spec.Objectives[index];
        var path = $"spec.objectives[{index}]";
        void Note(string message) => notes.Add(new Finding(FindingSeverity.Warning, "not_expressible", slo.Id, path, message, slo.Source));

        if (slo.Spec.BudgetingMethod != BudgetingMethod.Occurrences) Note($"Prometheus burns by events: the budget of {slo.Spec.BudgetingMethod} differs where traffic is uneven.");
        if (ErrorExpression.Of(slo.Spec, objective, document, Note) is not { } errors) return;
        var (target, name) = (SloTarget.Of(objective), objective.DisplayName ?? slo.Metadata.Name);
        var alerts = SloAlerts.Of(slo.Spec.AlertPolicies, slo.Spec.TimeWindow[0].Duration.Length, document);
        JsonObject Labels() => new() { ["slo"] = slo.Metadata.Name, ["objective"] = name, ["service"] = slo.Spec.Service };

        rules.Add(new JsonObject { ["record"] = "slo:objective:ratio", ["expr"] = $"vector({target.ToString(CultureInfo.InvariantCulture)})", ["labels"] = Labels() });
        var windows = alerts.SelectMany(a => new[] { a.Pair.Short, a.Pair.Long }).DefaultIfEmpty(TimeSpan.FromMinutes(5)).Distinct().Order().ToList();
        foreach (var window in windows)
            rules.Add(new JsonObject { ["record"] = Ratio + PrometheusText.Duration(window), ["expr"] = errors.Ratio(PrometheusText.Duration(window)), ["labels"] = Labels() });
        var selector = $"{{slo={PrometheusText.Quoted(slo.Metadata.Name)},objective={PrometheusText.Quoted(name)}}}";
        foreach (var alert in alerts)
        {
            if (alert.WhenBreaching) rules.Add(Burn(slo, name, selector, alert, target, errors, Note));
        }

        if (alerts.Any(a => a.WhenNoData))
        {
            rules.Add(new JsonObject
            {
                ["alert"] = NoData,
                ["expr"] = $"absent({Ratio}{PrometheusText.Duration(windows[0])}{selector})",
                ["for"] = "10m",
                ["labels"] = With(Labels(), ("severity", alerts.First(a => a.WhenNoData).Severity)),
                ["annotations"] = new JsonObject { ["summary"] = $"There is no data about {PrometheusText.Plain(name)} of {PrometheusText.Plain(slo.Spec.Service)}." },
            });
        }
    }

    private static JsonObject Burn(Resource<SloConfig> slo, string name, string selector, ResolvedAlert alert, decimal target, ErrorExpression errors, Action<string> note)
    {
        var (longer, shorter) = (PrometheusText.Duration(alert.Pair.Long), PrometheusText.Duration(alert.Pair.Short));
        var threshold = $">= {PrometheusText.Number(alert.Pair.Burn)} * {PrometheusText.Number(1 - target)}";
        var expression = $"{Ratio}{longer}{selector} {threshold}";
        if (longer != shorter)
        {
            var now = $"{Ratio}{shorter}{selector} {threshold}";
            if (alert.ClearOn == AlertClearing.Long)
            {
                // Once it is on, only the long window ends it.
                var on = $"ALERTS{{alertname=\"{Alert}\",alertstate=\"firing\",slo={PrometheusText.Quoted(slo.Metadata.Name)},objective={PrometheusText.Quoted(name)},severity={PrometheusText.Quoted(alert.Severity)},long_window=\"{longer}\"}}";
                expression += $" and on(slo, objective) ({now} or on(slo, objective) {on})";
            }
            else
            {
                expression += $" and {now}";
            }
        }

        if (alert.MinEvents > 0 && errors.Events(longer) is { } events) expression += $" and on() {events} >= {alert.MinEvents}";
        else if (alert.MinEvents > 0) note("How many events there are cannot be told from a ratio: minEvents is left out.");
        if (alert.Confidence > 0) note("Prometheus has no confidence intervals: confidence is left out.");
        var rule = new JsonObject { ["alert"] = Alert, ["expr"] = expression };
        if (alert.After > TimeSpan.Zero) rule["for"] = PrometheusText.Duration(alert.After);
        var labels = new JsonObject();
        foreach (var (key, values) in slo.Metadata.Labels.OrderBy(l => l.Key, StringComparer.Ordinal)) labels[PrometheusText.LabelName(key)] = PrometheusText.Plain(string.Join(',', values));
        rule["labels"] = With(labels, ("slo", slo.Metadata.Name), ("objective", name), ("service", slo.Spec.Service), ("severity", alert.Severity), ("policy", alert.Policy), ("long_window", longer), ("short_window", shorter));
        rule["annotations"] = new JsonObject
        {
            ["summary"] = $"{PrometheusText.Plain(name)} of {PrometheusText.Plain(slo.Spec.Service)} burns its error budget at {PrometheusText.Number(alert.Pair.Burn)} times the rate it can afford, or faster.",
            ["description"] = $"{{{{ $value | humanizePercentage }}}} bad over {longer}; the objective is {PrometheusText.Number(target * 100)} % good.",
        };
        foreach (var (key, text) in slo.Metadata.Annotations.Where(a => a.Key is "runbook" or "runbook_url" or "dashboard")) rule["annotations"]![key] = PrometheusText.Plain(text);
        return rule;
    }

    private static JsonObject With(JsonObject labels, params ReadOnlySpan<(string Key, string Value)> more)
    {
        foreach (var (key, value) in more) labels[key] = PrometheusText.Plain(value);
        return labels;
    }
}
