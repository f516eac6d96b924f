using System.Globalization;
using System.Text;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.Alerts;
using Tidegate.Core.Resources.OpenSlo.Prometheus;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Windows;
using Tidegate.Tests.Support;
using Xunit;

namespace Tidegate.Tests.Core.Resources.OpenSlo.Prometheus;

/// <summary>The exported rules, before Prometheus' own eyes.</summary>
public sealed class PrometheusRulesTests
{
    // Eight hours of errors: longer than every pair needs to fire, and than every short window.
    private const int Bad = 480;

    private const string Counters = "ratioMetric: { counter: true, bad: { metricSource: { type: prometheus, spec: { query: 'bad_total{job=\"x\"}' } } }, total: { metricSource: { type: prometheus, spec: { query: sum(all_total) } } } }";
    private const string Gateway = "ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: availability, service: [orders] } } } }";

    /// <summary>
    /// Around its firing and its end, each of the four pairs of the sets for 30, 28 and 90 days is on or off as the formulas of semantics 3.3 say; total outage, 10 %, 2 %, 1 %. The pairs of hours
    /// are looked at every minute, those of days every five: a long window of good traffic comes first.
    /// </summary>
    [Theory]
    [InlineData(Counters, 100, "30d")]
    [InlineData(Counters, 10, "30d")]
    [InlineData(Counters, 2, "30d")]
    [InlineData(Counters, 1, "30d")]
    [InlineData(Gateway, 10, "30d")]
    [InlineData(Counters, 100, "28d")]
    [InlineData(Counters, 2, "28d")]
    [InlineData(Counters, 100, "90d")]
    [InlineData(Counters, 10, "90d")]
    public async Task Alerts_FireAndClearAtTheMinutesOfTheFormulas(string indicator, int percent, string period)
    {
        var (document, errors) = (Read(Slo(indicator).Replace("30d", period, StringComparison.Ordinal)), percent / 100m);
        foreach (var days in new[] { false, true })
        {
            var step = days ? 5 : 1;
            var expected = Alerts(document).Where(a => a.Pair.Long >= TimeSpan.FromDays(1) == days).SelectMany(a => Expected(a.Pair, errors, step)).ToList();
            Assert.True(expected.Count >= 2);
            await PassesAsync(PrometheusRules.Of(document).Yaml, errors, good: days ? 4320 : 360, step, expected);
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(2)]
    public async Task Alerts_OfTheSetForSevenDays_FireAndClearAtTheMinutesOfTheFormulas(int percent)
    {
        var document = Read(Slo(Counters).Replace("30d", "7d", StringComparison.Ordinal));
        var expected = Alerts(document).SelectMany(a => Expected(a.Pair, percent / 100m, 1)).ToList();

        Assert.Equal(12, expected.Count);
        await PassesAsync(PrometheusRules.Of(document).Yaml, percent / 100m, good: 960, step: 1, expected);
    }

    private static IEnumerable<(int Minute, string Alert, bool On)> Expected(AlertPair pair, decimal errors, int step)
    {
        var alert = $"long_window=\"{PrometheusText.Duration(pair.Long)}\"";
        if (pair.TimeToFire(0.999m, errors) is not { } fires) return [(Bad, alert, false)];
        var (on, off) = (fires.TotalMinutes, Bad + pair.TimeToClear(0.999m, errors, pair.Short).TotalMinutes);
        return [(Before(on), alert, false), (After(on), alert, true), (Before(off), alert, true), (After(off), alert, false)];

        // The looks before and after a moment; at the moment itself it may be seen either way.
        int Before(double minute) => ((int)Math.Ceiling((minute - 1e-6) / step) - 1) * step;
        int After(double minute) => ((int)Math.Floor((minute + 1e-6) / step) + 1) * step;
    }

    [Fact]
    public async Task Alerts_ClearingOnTheLongWindow_StayOnUntilItIsOver()
    {
        var document = Read(Slo(Counters, "alertPolicies: [ calm ]") + """
            ---
            apiVersion: tidegate/v1
            kind: AlertSet
            metadata: { name: calm }
            spec: { pairs: [ { severity: page, long: 1h, short: 5m, burn: 14.4 } ], clearOn: long, minEvents: 500 }
            """);

        // 10 % errors: the short window is over after 4 min 17 s, the long one (0.0144 x 60 min / 0.1 = 8.64 min of errors left in it) after 51 min.
        await PassesAsync(PrometheusRules.Of(document).Yaml, 0.1m, good: 60, step: 1, [(8, "", false), (9, "", true), (Bad + 10, "", true), (Bad + 51, "", true), (Bad + 52, "", false)]);
    }

    [Fact]
    public async Task Rules_OfEveryForm_AreLegal()
    {
        const string policy = """
            alertPolicies:
              - kind: AlertPolicy
                metadata: { name: own }
                spec:
                  alertWhenBreaching: true
                  alertWhenNoData: true
                  conditions: [ { kind: AlertCondition, metadata: { name: c }, spec: { severity: sev1, condition: { threshold: 10, lookbackWindow: 1h, alertAfter: 2m } } } ]
                  notificationTargets: [ { kind: AlertNotificationTarget, metadata: { name: t }, spec: { target: slack } } ]
            """;
        var document = Read(string.Join("\n---\n",
            Slo(Counters, policy, "own"),
            Slo("ratioMetric: { rawType: failure, raw: { metricSource: { type: prometheus, spec: { query: '1 - avg_over_time(up[{{.window}}])' } } } }", name: "raw"),
            Slo("ratioMetric: { rawType: success, raw: { metricSource: { type: prometheus, spec: { query: job:up:ratio } } } }", name: "raw-success"),
            Slo("ratioMetric: { good: { metricSource: { type: prometheus, spec: { query: 'sum(rate(good_total[5m]))' } } }, total: { metricSource: { type: prometheus, spec: { query: 'sum(rate(all_total[5m]))' } } } }", name: "gauges"),
            Slo("ratioMetric: { counter: true, good: { metricSource: { type: prometheus, spec: { query: 'a_total + b_total' } } }, total: { metricSource: { type: prometheus, spec: { query: 'c_total{x=\"a(b)\"}' } } } }", name: "odd"),
            Slo("ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: availability, groupBy: route, route: [first, 'a.b'] } } } }", name: "grouped").Replace(", 'a.b'", "", StringComparison.Ordinal),
            Slo("ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: latency, threshold: 300ms, service: [orders] } } } }", name: "fast"),
            Slo("ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: first_token, threshold: 1s } } } }", name: "first-token"),
            ThresholdSlo()));
        var rules = PrometheusRules.Of(document);

        var checkedRules = await CheckAsync(rules.Yaml);

        Assert.True(checkedRules.Content, $"{checkedRules.Said}\n{rules.Yaml}");
        Assert.Equal(9, rules.Groups);
        Assert.Contains("avg(1 - avg_over_time(up[5m]))", rules.Yaml, StringComparison.Ordinal);
        Assert.Contains("sum(rate(c_total{x=\\\"a(b)\\\"}[1h]))", rules.Yaml, StringComparison.Ordinal);
        Assert.Contains("sum(rate((a_total + b_total)[1h:1m]))", rules.Yaml, StringComparison.Ordinal);
        Assert.Contains("tidegate_call_duration_seconds_bucket{service=\\\"orders\\\",le=\\\"0.25\\\"}[1h]", rules.Yaml, StringComparison.Ordinal);
        Assert.Contains("le=~\\\"1(\\\\\\\\.0)?\\\"", rules.Yaml, StringComparison.Ordinal);
        Assert.Contains("for: 2m", rules.Yaml, StringComparison.Ordinal);
        Assert.Contains("absent(slo:error_ratio:rate1h{slo=\\\"own\\\",objective=\\\"own\\\"})", rules.Yaml, StringComparison.Ordinal);
        Assert.Contains(rules.Notes, n => n.Message.Contains("no bucket that ends at 300ms: the rules take 0.25 s", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{ measure: refusals }", "do not carry refusals")]
    [InlineData("{ measure: availability, consumer: [shop], team: [a] }", "tidegate_calls_total has no label consumer and no label team")]
    [InlineData("{ measure: latency, threshold: 500us }", "below the smallest bucket")]
    public void Rules_ThatMetricsCannotSay_AreLeftOutWithANote(string spec, string words)
    {
        var rules = PrometheusRules.Of(Read(Slo($"ratioMetric: {{ rawType: success, raw: {{ metricSource: {{ type: tidegate, spec: {spec} }} }} }}")));

        Assert.Equal(0, rules.Groups);
        Assert.Contains(words, Assert.Single(rules.Notes).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_ThatPrometheusWouldRefuse_AreLeftOut_TheOthersAreNot()
    {
        static string Raw(string query, string name) =>
            Slo($"ratioMetric: {{ rawType: success, raw: {{ metricSource: {{ type: prometheus, spec: {{ query: {System.Text.Json.JsonSerializer.Serialize(query)} }} }} }} }}", name: name);
        var document = Read(string.Join("\n---\n",
            Raw("sum(rate(x[5m])", "open"), Raw("up[{{.window}}]", "range"), Raw("up +\n", "half"), Raw("1 - errors:ratio # in percent", "commented"), Raw("scalar(up)", "scalar"),
            Slo("ratioMetric: { counter: true, good: { metricSource: { type: prometheus, spec: { query: 'a b' } } }, total: { metricSource: { type: prometheus, spec: { query: 'rat(c)' } } } }", name: "both"),
            Slo(Counters, name: "fine").Replace("team: [a, b]", "team: ['{{ a'], __name__: [x]", StringComparison.Ordinal)));
        var rules = PrometheusRules.Of(document);

        var (content, said) = await CheckAsync(rules.Yaml);

        Assert.True(content, $"{said}\n{rules.Yaml}");
        Assert.Equal(3, rules.Groups);
        Assert.Equal(
            ["SLO/both", "SLO/both", "SLO/half", "SLO/open", "SLO/range"],
            rules.Notes.Where(n => n.Message.Contains("Prometheus would refuse the whole file", StringComparison.Ordinal)).Select(n => n.Resource).Order(StringComparer.Ordinal));
        Assert.Contains("# SLO/open spec.objectives[0]: Prometheus would refuse the whole file for the query \"sum(rate(x[5m])\": '(' (character 4) is not closed: left out.\n", rules.Yaml, StringComparison.Ordinal);
        Assert.Contains("avg_over_time((1 - errors:ratio)[1h:1m])", rules.Yaml, StringComparison.Ordinal);
        Assert.Contains("avg_over_time((vector(scalar(up)))[1h:1m])", rules.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_OfACompositeOfOpenSlo_AreThoseOfItsObjectivesAndItIsSaid()
    {
        var indicator = $"indicator: {{ metadata: {{ name: i }}, spec: {{ {Counters} }} }}";
        var document = Read(Slo(Counters).Replace(indicator, "", StringComparison.Ordinal)
            .Replace("[ { target: 0.999 } ]", $"[ {{ displayName: a, target: 0.999, compositeWeight: 2, {indicator} }}, {{ displayName: b, target: 0.99, {indicator} }} ]", StringComparison.Ordinal));

        var rules = PrometheusRules.Of(document);

        Assert.Equal("SLO/tested spec.objectives: Its objectives have rules each; the composite of them by compositeWeight is left out: it is judged by the ratios of minutes.", Assert.Single(rules.Notes) is var n ? $"{n.Resource} {n.Path}: {n.Message}" : "");
        Assert.Contains("objective: b", rules.Yaml, StringComparison.Ordinal);
    }

    [Fact]
    public void Rules_OfOneSlo_AreOnlyThose()
    {
        var document = Read(Slo(Counters, name: "one") + "\n---\n" + Slo(Counters, name: "two"));

        Assert.Equal((1, 2, 0), (PrometheusRules.Of(document, "two").Groups, PrometheusRules.Of(document).Groups, PrometheusRules.Of(document, "three").Groups));
    }

    private static IReadOnlyList<ResolvedAlert> Alerts(ConfigDocument document)
    {
        var slo = document.OfKind<SloConfig>().Single().Spec;
        return SloAlerts.Of(slo.AlertPolicies, slo.TimeWindow[0].Duration.Length, document);
    }

    private static async Task PassesAsync(string rules, decimal errors, int good, int step, IEnumerable<(int Minute, string Alert, bool On)> expected)
    {
        var tests = new StringBuilder();
        foreach (var (minute, alert, on) in expected)
        {
            tests.Append(CultureInfo.InvariantCulture, $$"""
                      - eval_time: {{good - step + minute}}m
                        expr: count(ALERTS{alertname="ErrorBudgetBurn",alertstate="firing",slo="tested"{{(alert.Length > 0 ? "," + alert : "")}}}) or vector(0)
                        exp_samples: [ { labels: '{}', value: {{(on ? 1 : 0)}} } ]

                """);
        }

        Assert.True(tests.Length > 0);
        // 10 calls/s. A series is: begins at, grows by, so many times more. Bad ones stand still, grow, stand still; good ones are the rest.
        var (all, bad) = (600 * step, (int)(600 * step * errors));
        var (before, during) = (good / step, Bad / step);
        var after = before + 200;
        var failures = string.Create(CultureInfo.InvariantCulture, $"0+0x{before - 1} {bad}+{bad}x{during - 1} {bad * during}+0x{after}");
        var successes = string.Create(CultureInfo.InvariantCulture, $"0+{all}x{before - 1} {(all * before) - bad}+{all - bad}x{during - 1} {(all * (before + during)) - (bad * during)}+{all}x{after}");
        var total = before + during + after;
        using var folder = new TempDirectory();
        await File.WriteAllTextAsync(folder.Combine("rules.yaml"), rules, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(folder.Combine("test.yaml"), $$"""
            rule_files: [ rules.yaml ]
            evaluation_interval: {{step}}m
            tests:
              - interval: {{step}}m
                input_series:
                  - { series: 'bad_total{job="x"}', values: '{{failures}}' }
                  - { series: 'all_total', values: '0+{{all}}x{{total}}' }
                  - { series: 'tidegate_calls_total{service="orders",route="first",outcome="upstream_error",code="502"}', values: '{{failures}}' }
                  - { series: 'tidegate_calls_total{service="orders",route="first",outcome="client_error",code="404"}', values: '0+5000x{{total}}' }
                  - { series: 'tidegate_calls_total{service="spare",route="first",outcome="upstream_error",code="502"}', values: '0+5000x{{total}}' }
                  - { series: 'tidegate_calls_total{service="orders",route="first",outcome="ok",code="200"}', values: '{{successes}}' }
                promql_expr_test:
            {{tests}}
            """, TestContext.Current.CancellationToken);

        var (content, said) = await Promtool.RunAsync("test", "rules", folder.Combine("test.yaml"));

        Assert.True(content, said);
    }

    private static async Task<(bool Content, string Said)> CheckAsync(string rules)
    {
        using var folder = new TempDirectory();
        await File.WriteAllTextAsync(folder.Combine("rules.yaml"), rules, TestContext.Current.CancellationToken);
        return await Promtool.RunAsync("check", "rules", folder.Combine("rules.yaml"));
    }

    private static string Slo(string indicator, string more = "", string name = "tested") => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{name}}, labels: { team: [a, b], cost/centre: x } }
        spec:
          service: orders
          indicator: { metadata: { name: i }, spec: { {{indicator}} } }
          timeWindow: [ { duration: 30d, isRolling: true } ]
          budgetingMethod: Occurrences
          objectives: [ { target: 0.999 } ]
          {{more.ReplaceLineEndings("\n").Replace("\n", "\n  ", StringComparison.Ordinal)}}

        """;

    private static string ThresholdSlo() => Slo("thresholdMetric: { metricSource: { type: prometheus, spec: { query: latency_p95 } } }", name: "value").Replace("{ target: 0.999 }", "{ target: 0.999, op: lt, value: 0.5 }", StringComparison.Ordinal);

    private static ConfigDocument Read(string text)
    {
        var read = DocumentReader.Read([new SourceText("around.yaml", RuleAssert.Around), new SourceText("slo.yaml", text)]);
        Assert.True(read.Document is not null, string.Join('\n', read.Findings));
        return read.Document;
    }
}
