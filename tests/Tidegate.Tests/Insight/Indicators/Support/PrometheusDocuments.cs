namespace Tidegate.Tests.Insight.Indicators.Support;

/// <summary>Documents of objectives over Prometheus.</summary>
internal static class PrometheusDocuments
{
    /// <summary>A data source.</summary>
    public static string Source(string name, Uri address, string more = "") => $$"""
        apiVersion: openslo/v1
        kind: DataSource
        metadata: {name: {{name}}}
        spec: {type: Prometheus, connectionDetails: {url: "{{address}}"{{more}} } }
        ---

        """ + Service;

    /// <summary>The service that objectives are for.</summary>
    public const string Service = """
        apiVersion: openslo/v1
        kind: Service
        metadata: {name: shop}
        spec: {}
        ---

        """;

    /// <summary>An SLO of 99 % over a window, with the alerts of the workbook or those that are named.</summary>
    public static string Slo(string name, string indicator, string window = "30d", string objective = "target: 0.99", string alerts = "") => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: {name: {{name}}}
        spec:
          service: shop
          budgetingMethod: Occurrences{{(alerts.Length == 0 ? "" : $"\n  alertPolicies: [{alerts}]")}}
          timeWindow: [{duration: {{window}}, isRolling: true}]
          objectives: [ { {{objective}} } ]
          indicator:
            metadata: {name: {{name}}}
            spec: {{indicator}}
        ---

        """;

    /// <summary>A ratio of events.</summary>
    public static string Ratio(string part, string total, bool counter = true, string word = "good", string more = "", string source = "metrics") =>
        $$"""{ratioMetric: {counter: {{(counter ? "true" : "false")}}, {{word}}: {{Metric(part, more, source)}}, total: {{Metric(total, more, source)}} } }""";

    /// <summary>A ratio that is computed already.</summary>
    public static string Raw(string query, string type) => $$"""{ratioMetric: {rawType: {{type}}, raw: {{Metric(query)}} } }""";

    /// <summary>A value.</summary>
    public static string Value(string query) => $$"""{thresholdMetric: {{Metric(query)}} }""";

    private static string Metric(string query, string more = "", string source = "metrics") => $$"""{metricSource: {metricSourceRef: {{source}}, spec: {query: '{{query}}'{{more}} } } }""";
}
