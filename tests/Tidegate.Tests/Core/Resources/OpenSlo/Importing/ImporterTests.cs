using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.Importing;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Xunit;

namespace Tidegate.Tests.Core.Resources.OpenSlo.Importing;

/// <summary>Objectives that were written for something else arrive with their meaning, and what cannot be brought along is told at its place.</summary>
public sealed class ImporterTests
{
    private const string Alpha = """
        apiVersion: openslo/v1alpha
        kind: Service
        metadata: { name: search, displayName: Search }
        spec: { description: Finds things. }
        ---
        apiVersion: openslo/v1alpha
        kind: SLO
        metadata: { name: search-good, displayName: Searches that work }
        spec:
          service: search
          description: Searches are answered.
          budgetingMethod: Occurrences
          timeWindows: [ { unit: Week, count: 4, isRolling: true } ]
          objectives:
            - ratioMetrics:
                incremental: true
                good: { source: prometheus, queryType: promql, query: 'searches_total{ok="1"}' }
                total: { source: prometheus, queryType: promql, query: searches_total }
              displayName: most
              target: 0.99
            - ratioMetrics:
                incremental: true
                good: { source: prometheus, queryType: promql, query: 'searches_total{ok="1"}' }
                total: { source: prometheus, queryType: promql, query: searches_total }
              displayName: nearly all
              target: 0.999
        ---
        apiVersion: openslo/v1alpha
        kind: SLO
        metadata: { name: search-fast }
        spec:
          service: search
          budgetingMethod: Timeslices
          timeWindows: [ { unit: Month, count: 1, isRolling: false, calendar: { startTime: 2026-01-01 00:00:00, timeZone: Europe/Berlin } } ]
          indicator: { thresholdMetric: { source: prometheus, queryType: promql, query: search_p95 } }
          objectives: [ { op: lte, value: 0.5, target: 0.95, timeSliceTarget: 0.9 } ]
        """;

    private const string Sloth = """
        version: prometheus/v1
        service: shop
        labels: { owner: web }
        slos:
          - name: requests
            objective: 99.9
            description: Requests work.
            labels: { tier: one }
            sli:
              events:
                error_query: sum(rate(http_requests_total{code=~"5.."}[{{.window}}]))
                total_query: |
                  sum(rate(http_requests_total[{{.window}}]))
            alerting:
              name: ShopErrors
              annotations: { runbook: https://example.com/r }
              page_alert: { labels: { severity: critical } }
              ticket_alert: { disable: true }
          - name: ready
            objective: 99
            sli: { raw: { error_ratio_query: '1 - avg_over_time(up[{{.window}}])' } }
            alerting: { page_alert: { disable: true }, ticket_alert: { disable: true } }
          - name: plain
            objective: 95
            sli: { raw: { error_ratio_query: x } }
        """;

    [Fact]
    public void Alpha_BecomesV1()
    {
        var import = Import("openslo", Alpha);

        Assert.Equal(["forgiven SLO/search-fast spec"], Found(import));
        Assert.Equal(["openslo.Service/search", "SLO/search-fast", "SLO/search-good"], import.Resources.Select(r => r.Id));
        var good = Spec<SloConfig>(import, "SLO/search-good");
        Assert.Equal([0.99m, 0.999m], good.Objectives.Select(SloTarget.Of));
        Assert.Equal((new DurationShorthand(4, 'w'), true), (good.TimeWindow[0].Duration, good.TimeWindow[0].IsRolling));
        Assert.True(good.Indicator!.Spec.RatioMetric!.Counter);
        Assert.Equal("""searches_total{ok="1"}""", ((PrometheusIndicatorConfig)MetricSources.Bind(good.Indicator.Spec.RatioMetric.Good!.MetricSource, ConfigDocument.Empty)!.Spec).Query);
        var fast = Spec<SloConfig>(import, "SLO/search-fast");
        Assert.Equal((new DurationShorthand(1, 'M'), "Europe/Berlin"), (fast.TimeWindow[0].Duration, fast.TimeWindow[0].Calendar!.TimeZone));
        Assert.Equal((BudgetingMethod.Timeslices, new DurationShorthand(1, 'm'), 0.9m, ComparisonOperator.LessOrEqual, 0.5m), (fast.BudgetingMethod, fast.Objectives[0].TimeSliceWindow, fast.Objectives[0].TimeSliceTarget, fast.Objectives[0].Op, fast.Objectives[0].Value));
        Assert.NotNull(fast.Indicator!.Spec.ThresholdMetric);
        IsLegal(import);
    }

    [Fact]
    public void Alpha_ObjectivesWithRatiosOfTheirOwn_BecomeSlosOfTheirOwn()
    {
        var import = Import("openslo", """
            apiVersion: openslo/v1alpha
            kind: SLO
            metadata: { name: two }
            spec:
              service: s
              timeWindows: [ { unit: Day, count: 30 } ]
              objectives:
                - { displayName: A b, target: 0.9, ratioMetrics: { good: { source: prometheus, query: a }, total: { source: prometheus, query: b } } }
                - { target: 0.8, ratioMetrics: { good: { source: prometheus, query: c }, total: { source: prometheus, query: d } } }
            """);

        Assert.Equal(["openslo.Service/s", "SLO/two-2", "SLO/two-a-b"], import.Resources.Select(r => r.Id));
        Assert.Equal(2, import.Findings.Count(f => f.Message.Contains("SLOs of their own", StringComparison.Ordinal)));
        IsLegal(import);
    }

    [Fact]
    public void Sloth_BecomesV1_WithItsAlerts()
    {
        var import = Import("sloth", Sloth, "main");

        Assert.Equal(["forgiven SLO/shop-requests slos[0].alerting.name", "forgiven SLO/shop-requests slos[0].alerting.page_alert.labels"], Found(import));
        Assert.Equal(["openslo.Service/shop", "AlertSet/sloth-page", "SLO/shop-plain", "SLO/shop-ready", "SLO/shop-requests"], import.Resources.Select(r => r.Id));
        var requests = Spec<SloConfig>(import, "SLO/shop-requests");
        var metadata = import.Resources.Single(r => r.Id == "SLO/shop-requests").Metadata;
        Assert.Equal(["web", "one", "https://example.com/r"], [.. metadata.Labels["owner"], .. metadata.Labels["tier"], metadata.Annotations["runbook"]]);
        Assert.Equal((99.9m, BudgetingMethod.Occurrences, "sloth-page"), (requests.Objectives[0].TargetPercent, requests.BudgetingMethod, requests.AlertPolicies[0].AlertPolicyRef));
        var ratio = requests.Indicator!.Spec.RatioMetric!;
        Assert.Equal("main", ratio.Bad!.MetricSource.MetricSourceRef);
        Assert.Equal("""{"query":"sum(rate(http_requests_total[{{.window}}]))"}""", ratio.Total!.MetricSource.Spec.Json);
        Assert.Equal("failure", Spec<SloConfig>(import, "SLO/shop-ready").Indicator!.Spec.RatioMetric!.RawType.ToString()!.ToLowerInvariant());
        var document = IsLegal(import, "apiVersion: openslo/v1\nkind: DataSource\nmetadata: { name: main }\nspec: { type: prometheus, connectionDetails: { url: 'http://p:9090' } }");
        Assert.Equal([AlertSeverity.Page, AlertSeverity.Page], Spec<AlertSetConfig>(import, "AlertSet/sloth-page").Pairs.Select(p => p.Severity));
        Assert.Empty(SloAlerts.Of(Spec<SloConfig>(import, "SLO/shop-ready").AlertPolicies, TimeSpan.FromDays(30), document));
        Assert.Equal(4, SloAlerts.Of(Spec<SloConfig>(import, "SLO/shop-plain").AlertPolicies, TimeSpan.FromDays(30), document).Count);
    }

    [Fact]
    public void Sloth_OfKubernetes_IsTheSame()
    {
        var import = Import("sloth", """
            apiVersion: sloth.slok.dev/v1
            kind: PrometheusServiceLevel
            metadata: { name: shop, namespace: monitoring }
            spec:
              service: shop
              slos:
                - { name: requests, objective: 99.9, sli: { events: { errorQuery: 'e[{{.window}}]', totalQuery: 't[{{.window}}]' } }, alerting: { pageAlert: { disable: true } } }
            """);

        Assert.Equal(["openslo.Service/shop", "AlertSet/sloth-ticket", "SLO/shop-requests"], import.Resources.Select(r => r.Id));
        Assert.Empty(Found(import));
        IsLegal(import);
    }

    [Theory]
    [InlineData("openslo", "apiVersion: openslo/v2alpha\nkind: SLO", "bad_word  1:13")]
    [InlineData("openslo", "apiVersion: openslo/v1alpha\nkind: SLI\nmetadata: { name: x }", "bad_word  1:1")]
    [InlineData("openslo", "- 5", "wrong_type  1:3")]
    [InlineData("openslo", "apiVersion: openslo/v1alpha\nkind: SLO\nmetadata: { name: x }\nspec: { service: s, timeWindows: [ { unit: Fortnight, count: 2 } ], objectives: [ { target: 0.9, ratioMetrics: { good: { query: a }, total: { query: b } } } ] }", "wrong_type spec.timeWindow[0].duration 4:36")]
    [InlineData("sloth", "version: prometheus/v2\nservice: s", "bad_word  1:1")]
    [InlineData("sloth", "version: prometheus/v1\nslos: []", "missing_key  1:1")]
    [InlineData("sloth", "version: prometheus/v1\nservice: s", "missing_key  1:1")]
    [InlineData("sloth", "version: prometheus/v1\nservice: s\nslos: [ { name: a, objective: 99, sli: { plugin: { id: x } } } ]", "not_expressible slos[0].sli 3:50")]
    [InlineData("sloth", "version: prometheus/v1\nservice: s\nslos: [ { name: a, objective: 99, sli: { events: { error_query: x } } } ]", "missing_key slos[0].sli 3:40")]
    [InlineData("sloth", "version: prometheus/v1\nservice: s\nslos: [ { name: a, objective: 100, sli: { raw: { error_ratio_query: x } } } ]", "bad_target spec.objectives[0].targetPercent 3:31")]
    public void Import_ThatCannotBe_SaysWhatWhere(string format, string text, string finding)
    {
        var import = Import(format, text);

        Assert.Empty(import.Resources);
        Assert.Contains(finding, import.Findings.Where(f => f.Severity == FindingSeverity.Error).Select(f => $"{f.Code} {f.Path} {f.Source!.Line}:{f.Source.Column}"));
    }

    // Sloth counts in percent, too.
    [Fact]
    public void Sloth_WithAShareForItsObjective_IsAskedAbout()
    {
        var import = Import("sloth", "version: prometheus/v1\nservice: s\nslos: [ { name: a, objective: 0.999, sli: { raw: { error_ratio_query: x } } } ]");

        Assert.Contains("suspicious_target spec.objectives[0].targetPercent 3:31", import.Findings.Select(f => $"{f.Code} {f.Path} {f.Source!.Line}:{f.Source.Column}"));
    }

    private static ImportResult Import(string format, string text, string? dataSource = null) => Importer.Read(format, [new SourceText("old.yaml", text)], dataSource);

    private static List<string> Found(ImportResult import) => [.. import.Findings.Where(f => f.Code == "forgiven").Select(f => $"{f.Code} {f.Resource} {f.Path}")];

    private static T Spec<T>(ImportResult import, string id)
        where T : class => ((Resource<T>)import.Resources.Single(r => r.Id == id)).Spec;

    // What is printed is read strictly.
    private static ConfigDocument IsLegal(ImportResult import, string more = "")
    {
        var read = DocumentReader.Read([new SourceText("printed.yaml", YamlWriter.Shown(import.Resources)), new SourceText("more.yaml", more)]);
        Assert.True(read.Document is not null, string.Join('\n', read.Findings));
        return read.Document;
    }
}
