using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;
using Xunit;

namespace Tidegate.Tests.Core.Resources.OpenSlo.Slos;

/// <summary>One line per rule of OpenSLO's kinds SLO and SLI.</summary>
public sealed class SloRuleTests
{
    private const string Window = "\ntimeWindow: [ { duration: 30d, isRolling: true } ]";
    private const string Occurrences = "\nbudgetingMethod: Occurrences";
    private const string Source = "metricSource: { type: prometheus, spec: { query: q, url: 'http://p:9090' } }";
    private const string Ratio = "\nindicator: { metadata: { name: i }, spec: { ratioMetric: { counter: true, good: { " + Source + " }, total: { " + Source + " } } } }";
    private const string Value = "\nindicator: { metadata: { name: i }, spec: { thresholdMetric: { " + Source + " } } }";
    private const string Good = "service: orders" + Window + Occurrences + Ratio;

    [Theory]
    [InlineData(Good + "\nobjectives: [ { target: 0.999 } ]")]
    [InlineData(Good + "\nobjectives: [ { displayName: a, targetPercent: 99 }, { displayName: b, target: 0.9999 } ]\nalertPolicies: [ 30d, 7d ]")]
    [InlineData("service: orders" + Occurrences + Ratio + "\ntimeWindow: [ { duration: 1Q, calendar: { startTime: '2026-01-01 00:00:00', timeZone: Australia/Lord_Howe } } ]\nobjectives: [ { target: 0.99 } ]")]
    [InlineData("service: orders" + Window + Ratio + "\nbudgetingMethod: Timeslices\nobjectives: [ { target: 0.99, timeSliceTarget: 1, timeSliceWindow: 5 } ]")]
    [InlineData("service: orders" + Window + Ratio + "\nbudgetingMethod: RatioTimeslices\nobjectives: [ { target: 0.99, timeSliceWindow: 1m } ]")]
    [InlineData("service: orders" + Window + Value + Occurrences + "\nobjectives: [ { target: 0.99, op: lte, value: 0.3 } ]")]
    [InlineData("service: orders" + Window + Occurrences + "\nobjectives: [ { displayName: a, target: 0.99, compositeWeight: 2" + Inner + " }, { displayName: b, target: 0.999" + Inner + " } ]")]
    public void Slo_Good_HasNoFindings(string spec) => RuleAssert.Finds("SLO", spec);

    [Theory]
    [InlineData("compositeWeight: 2, ", "warning grouped_part spec.objectives[1]")]
    [InlineData("")]
    public void Composite_OfAnObjectiveForEachValue_IsFound(string weight, params string[] findings) => RuleAssert.Finds(
        "SLO", "service: orders" + Window + Occurrences + "\nobjectives: [ { displayName: a, target: 0.99, " + weight + Inner[2..] + " }, { displayName: b, target: 0.999, indicator: { metadata: { name: g }, spec: { ratioMetric: { "
        + "rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: availability, groupBy: consumer } } } } } } } ]", findings);

    private const string Inner = ", indicator: { metadata: { name: i }, spec: { ratioMetric: { good: { " + Source + " }, total: { " + Source + " } } } }";

    [Theory]
    [InlineData("{ target: 1 }", "error bad_target spec.objectives[0].target")]
    [InlineData("{ target: 0 }", "error bad_target spec.objectives[0].target")]
    [InlineData("{ target: 99.9 }", "error bad_target spec.objectives[0].target")]
    [InlineData("{ target: 100 }", "error bad_target spec.objectives[0].target")]
    [InlineData("{ target: -0.5 }", "error bad_target spec.objectives[0].target")]
    [InlineData("{ targetPercent: 100 }", "error bad_target spec.objectives[0].targetPercent")]
    [InlineData("{ targetPercent: 0 }", "error bad_target spec.objectives[0].targetPercent")]
    [InlineData("{ targetPercent: 250 }", "error bad_target spec.objectives[0].targetPercent")]
    [InlineData("{ target: 0.99999999999999999 }", "error bad_target spec.objectives[0].target")]
    [InlineData("{ targetPercent: 99.999999999999999 }", "error bad_target spec.objectives[0].targetPercent")]
    [InlineData("{ displayName: x }", "error exactly_one spec.objectives[0]")]
    [InlineData("{ target: 0.99, targetPercent: 99 }", "error exactly_one spec.objectives[0]")]
    [InlineData("{ target: 0.99, timeSliceTarget: 0.9 }", "error unused_key spec.objectives[0].timeSliceTarget")]
    [InlineData("{ target: 0.99, timeSliceWindow: 1m }", "error unused_key spec.objectives[0].timeSliceWindow")]
    [InlineData("{ target: 0.99, compositeWeight: 1 }", "warning unused_key spec.objectives[0].compositeWeight")]
    [InlineData("{ target: 0.99, op: lte }", "warning unused_key spec.objectives[0].op")]
    [InlineData("{ target: 0.99, value: 3 }", "warning unused_key spec.objectives[0].value")]
    [InlineData("{ target: 0.99, op: le }", "error bad_word spec.objectives[0].op")]
    [InlineData("{ target: 0.99, displayName: a }, { target: 0.9999, displayName: a }", "error duplicate_name spec.objectives[1].displayName")]
    [InlineData("{ target: 0.99, displayName: API latency }, { target: 0.9999, displayName: api-latency }", "error duplicate_name spec.objectives[1].displayName")]
    [InlineData("{ target: 0.99, displayName: 日本 }, { target: 0.9999, displayName: 中国 }", "error duplicate_name spec.objectives[1].displayName")]
    [InlineData("{ target: 0.99, displayName: a }, { target: 0.9999 }", "error missing_key spec.objectives[1]")]
    [InlineData("{ target: 0.9305 }", "warning dead_pair spec.objectives[0].target")]
    [InlineData("{ targetPercent: 50 }", "warning dead_pair spec.objectives[0].targetPercent")]
    public void Objective_Bad_IsFound(string objectives, string finding) => RuleAssert.Finds("SLO", $"{Good}\nobjectives: [ {objectives} ]", finding);

    // 99.9 % written as a share where percents are meant, and the budget written where the target is.
    [Theory]
    [InlineData("{ targetPercent: 0.999 }", "spec.objectives[0].targetPercent", "A target of 0.999 is 0.999 percent: is 99.9 meant?")]
    [InlineData("{ targetPercent: 0.1 }", "spec.objectives[0].targetPercent", "A target of 0.1 is 0.1 percent: is 99.9 meant?")]
    [InlineData("{ target: 0.00999 }", "spec.objectives[0].target", "A target of 0.00999 is 0.999 percent: is 0.999 meant?")]
    [InlineData("{ targetPercent: 1 }", "", "")]
    [InlineData("{ target: 0.01 }", "", "")]
    public void Target_BelowOnePercent_IsAskedAbout(string objective, string path, string words)
    {
        var found = RuleAssert.Read("SLO", $"{Good}\nobjectives: [ {objective} ]\nalertPolicies: [ none ]").Findings.Where(f => f.Code == "suspicious_target").ToList();

        Assert.Equal(path.Length == 0 ? [] : [(FindingSeverity.Warning, path)], found.Select(f => (f.Severity, f.Path)));
        Assert.All(found, f => Assert.StartsWith(words, f.Message, StringComparison.Ordinal));
    }

    // A burn rate over a time that the objective does not look at.
    [Theory]
    [InlineData("5h", "30d", "warning window_too_long spec.alertPolicies")]
    [InlineData("5h", "", "warning window_too_long spec.timeWindow[0].duration")]
    [InlineData("2d", "30d", "warning window_too_long spec.alertPolicies")]
    [InlineData("5h", "none")]
    [InlineData("16h", "")]
    [InlineData("3d", "30d")]
    public void Alerts_OverMoreThanTheObjectivesTime_AreFound(string window, string policy, params string[] findings) =>
        RuleAssert.Finds("SLO", $"service: orders{Occurrences}{Ratio}\ntimeWindow: [ {{ duration: {window}, isRolling: true }} ]\nobjectives: [ {{ target: 0.99 }} ]" + (policy.Length > 0 ? $"\nalertPolicies: [ {policy} ]" : ""), findings);

    [Fact]
    public void Alerts_OverMoreThanTheObjectivesTime_SayBothTimesAndWhatToDo()
    {
        var found = Assert.Single(RuleAssert.Read("SLO", $"service: orders{Occurrences}{Ratio}\ntimeWindow: [ {{ duration: 5h, isRolling: true }} ]\nobjectives: [ {{ target: 0.99 }} ]\nalertPolicies: [ 30d ]").Findings);

        Assert.Equal("30d alerts on what happened over 6h, 1d, 3d, longer than the time of the objective (5h): it may alert on what the budget has forgotten. Name an AlertSet whose windows are at most 5h.", found.Message);
    }

    [Theory]
    [InlineData("30d", "early", "warning alerts_when_kept spec.alertPolicies", "warning no_settings spec.alertPolicies[0].spec.notificationTargets[0].metadata.name")]
    [InlineData("10d", "early", "warning alerts_when_kept spec.alertPolicies", "warning no_settings spec.alertPolicies[0].spec.notificationTargets[0].metadata.name")]
    [InlineData("28d", "28d")]
    [InlineData("7d", "7d")]
    public void Alerts_OfAnObjectiveThatIsKept_AreFound(string window, string policy, params string[] findings) =>
        RuleAssert.Finds("SLO", $$"""
            service: orders{{Occurrences}}{{Ratio}}
            timeWindow: [ { duration: {{window}}, isRolling: true } ]
            objectives: [ { target: 0.999 } ]
            alertPolicies:
              - {{(policy == "early" ? "{ kind: AlertPolicy, metadata: { name: early }, spec: { alertWhenBreaching: true, conditions: [ { kind: AlertCondition, metadata: { name: c }, spec: { severity: sev3, condition: { threshold: 0.5, lookbackWindow: 1d, alertAfter: 0m } } } ], notificationTargets: [ { kind: AlertNotificationTarget, metadata: { name: t }, spec: { target: slack } } ] } }" : policy)}}
            """, findings);

    [Theory]
    [InlineData("{ target: 1 }", "leaves no error budget")]
    [InlineData("{ target: 0 }", "met by an outage")]
    [InlineData("{ target: 99.9 }", "write targetPercent: 99.9, or target: 0.999.")]
    [InlineData("{ targetPercent: 100 }", "such as 99.99.")]
    [InlineData("{ target: 0.93 }", "14.4x over 1h (dead at or below 93.0556 %)")]
    public void Objective_Bad_IsExplained(string objective, string words) =>
        Assert.Contains(words, Assert.Single(RuleAssert.Read("SLO", $"{Good}\nobjectives: [ {objective} ]").Findings).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("Timeslices", "{ target: 0.99, timeSliceWindow: 1m }", "error missing_key spec.objectives[0]")]
    [InlineData("Timeslices", "{ target: 0.99, timeSliceTarget: 0.9 }", "error missing_key spec.objectives[0]")]
    [InlineData("Timeslices", "{ target: 0.99, timeSliceTarget: 0, timeSliceWindow: 1m }", "error out_of_range spec.objectives[0].timeSliceTarget")]
    [InlineData("Timeslices", "{ target: 0.99, timeSliceTarget: 1.01, timeSliceWindow: 1m }", "error out_of_range spec.objectives[0].timeSliceTarget")]
    [InlineData("Timeslices", "{ target: 0.99, timeSliceTarget: 1, timeSliceWindow: 0m }", "error out_of_range spec.objectives[0].timeSliceWindow")]
    [InlineData("Timeslices", "{ target: 0.99, timeSliceTarget: 1, timeSliceWindow: 30d }", "error out_of_range spec.objectives[0].timeSliceWindow")]
    [InlineData("RatioTimeslices", "{ target: 0.99 }", "error missing_key spec.objectives[0]")]
    [InlineData("RatioTimeslices", "{ target: 0.99, timeSliceWindow: 1m, timeSliceTarget: 0.9 }", "error unused_key spec.objectives[0].timeSliceTarget")]
    [InlineData("occurrences", "{ target: 0.99 }", "error bad_word spec.budgetingMethod")]
    public void Slices_Bad_AreFound(string method, string objective, string finding) =>
        RuleAssert.Finds("SLO", $"service: orders{Window}{Ratio}\nbudgetingMethod: {method}\nobjectives: [ {objective} ]", finding);

    [Theory]
    [InlineData("[]", "error exactly_one spec.timeWindow")]
    [InlineData("[ { duration: 1d }, { duration: 7d } ]", "error exactly_one spec.timeWindow")]
    [InlineData("[ { duration: 0d } ]", "error out_of_range spec.timeWindow[0].duration")]
    [InlineData("[ { duration: 4 weeks } ]", "error wrong_type spec.timeWindow[0].duration")]
    [InlineData("[ { duration: 30d, isRolling: false } ]", "error missing_key spec.timeWindow[0]")]
    [InlineData("[ { duration: 30d, isRolling: true, calendar: { startTime: '2026-01-01 00:00:00', timeZone: UTC } } ]", "error contradiction spec.timeWindow[0].calendar")]
    [InlineData("[ { duration: 1M, calendar: { startTime: '2026-01-01 00:00:00', timeZone: Mars/Olympus } } ]", "error unknown_zone spec.timeWindow[0].calendar.timeZone")]
    [InlineData("[ { duration: 1M, calendar: { startTime: '2026-02-30 00:00:00', timeZone: UTC } } ]", "error wrong_type spec.timeWindow[0].calendar.startTime")]
    [InlineData("[ { duration: 1M, calendar: { timeZone: UTC } } ]", "error missing_key spec.timeWindow[0].calendar.startTime")]
    [InlineData("[ { duration: 1M, isRolling: true } ]", "warning rolling_month spec.timeWindow[0].duration")]
    [InlineData("[ { duration: 3Y, calendar: { startTime: '2026-01-01 00:00:00', timeZone: UTC } } ]", "warning longer_than_retention spec.timeWindow[0].duration")]
    public void Window_Bad_IsFound(string window, string finding) =>
        RuleAssert.Finds("SLO", $"service: orders{Occurrences}{Ratio}\ntimeWindow: {window}\nobjectives: [ {{ target: 0.999 }} ]", finding);

    [Theory]
    [InlineData("service: orders", "error exactly_one spec")]
    [InlineData("service: orders" + Ratio + "\nindicatorRef: none", "error unknown_reference spec.indicatorRef", "error exactly_one spec")]
    [InlineData("service: orders\nindicatorRef: none", "error unknown_reference spec.indicatorRef")]
    [InlineData("service: odrers" + Ratio, "error unknown_service spec.service")]
    [InlineData("service: orders" + Ratio + "\nalertPolicies: [ nobody ]", "error unknown_reference spec.alertPolicies[0].alertPolicyRef")]
    [InlineData("service: orders" + Ratio + "\nalertPolicies: [ { kind: AlertPolicy } ]", "error exactly_one spec.alertPolicies[0]")]
    [InlineData("service: orders\nindicator: { spec: { ratioMetric: { good: { " + Source + " }, total: { " + Source + " } } } }", "error missing_key spec.indicator")]
    [InlineData("service: orders\nindicator: { metadata: { name: X }, spec: { ratioMetric: { good: { " + Source + " }, total: { " + Source + " } } } }", "error bad_name spec.indicator.metadata.name")]
    [InlineData("service: orders\nindicator: { metadata: { name: i }, spec: { } }", "error exactly_one spec.indicator.spec")]
    public void Slo_Bad_IsFound(string spec, params string[] findings)
    {
        var read = RuleAssert.Read("SLO", $"{spec}{Window}{Occurrences}\nobjectives: [ {{ target: 0.999 }} ]");

        Assert.Equal(findings.Order(StringComparer.Ordinal), read.Findings.Select(f => $"{f.Severity.ToString().ToLowerInvariant()} {f.Code} {f.Path}").Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("thresholdMetric: { " + Source + " }\nratioMetric: { good: { " + Source + " }, total: { " + Source + " } }", "error exactly_one spec")]
    [InlineData("ratioMetric: { total: { " + Source + " } }", "error exactly_one spec.ratioMetric")]
    [InlineData("ratioMetric: { good: { " + Source + " }, bad: { " + Source + " }, total: { " + Source + " } }", "error exactly_one spec.ratioMetric")]
    [InlineData("ratioMetric: { bad: { " + Source + " } }", "error missing_key spec.ratioMetric")]
    [InlineData("ratioMetric: { bad: { " + Source + " }, total: { " + Source + " }, rawType: success }", "error unused_key spec.ratioMetric.rawType")]
    [InlineData("ratioMetric: { raw: { " + Source + " } }", "error missing_key spec.ratioMetric")]
    [InlineData("ratioMetric: { raw: { " + Source + " }, rawType: success, total: { " + Source + " } }", "error contradiction spec.ratioMetric.raw")]
    [InlineData("ratioMetric: { rawType: failure, raw: { metricSource: { type: tidegate, spec: { measure: availability } } } }", "error wrong_form spec.ratioMetric.rawType")]
    [InlineData("thresholdMetric: { metricSource: { type: tidegate, spec: { measure: latency, threshold: 1s } } }", "error wrong_form spec.thresholdMetric.metricSource")]
    [InlineData("ratioMetric: { rawType: success, raw: { metricSource: { type: otlp, spec: { metric: m } } } }", "error missing_key spec.ratioMetric.raw.metricSource.spec")]
    [InlineData("ratioMetric: { good: { " + Source + " }, total: { metricSource: { type: otlp, spec: { metric: m } } } }", "error contradiction spec.ratioMetric")]
    public void Sli_Bad_IsFound(string spec, string finding) => RuleAssert.Finds("SLI", spec, finding);

    [Fact]
    public void Sli_GoodAndTotalOfTheGateway_SaysHowItIsWritten()
    {
        const string source = "{ metricSource: { type: tidegate, spec: { measure: availability } } }";

        var findings = RuleAssert.Read("SLI", $"ratioMetric: {{ counter: true, good: {source}, total: {source} }}").Findings;

        Assert.Equal(["wrong_form", "wrong_form"], findings.Select(f => f.Code));
        Assert.Contains("rawType: success, raw: {metricSource: {type: tidegate", findings[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0.9995", true)]
    [InlineData("0.9985", true)]
    [InlineData("0.9984", false)]
    public void Semantics3_4_TargetAboveWhatDependenciesPromise_IsAWarning(string target, bool warned)
    {
        const string text = """
            apiVersion: tidegate/v1
            kind: Service
            metadata: { name: shop }
            spec:
              destinations: [ { address: "http://c:1" } ]
              dependencies: [ { service: orders }, { service: stock }, { service: spare, kind: soft } ]
            ---
            apiVersion: tidegate/v1
            kind: Service
            metadata: { name: stock }
            spec: { destinations: [ { address: "http://d:1" } ] }
            ---

            """;

        var read = DocumentReader.Read(
        [
            new SourceText("around.yaml", RuleAssert.Around),
            new SourceText("slo.yaml", text + Slo("orders", "0.999") + Slo("stock", "0.9995", "latency, threshold: 1s") + Slo("stock", "0.9994") + Slo("spare", "0.5001") + Slo("shop", target)),
        ]);

        var findings = read.Findings.Where(f => f.Code == "above_dependencies").ToList();
        Assert.Equal(warned ? 1 : 0, findings.Count);
        Assert.NotNull(read.Document);
        if (warned) Assert.Contains("orders 99.9 % x stock 99.94 %", findings[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TargetOf_IsExact()
    {
        Assert.Equal(0.999m, SloTarget.Of(new SloObjectiveConfig { TargetPercent = 99.9m }));
        Assert.Equal(0.95m, SloTarget.Of(new SloObjectiveConfig { Target = 0.95m }));
    }

    private static string Slo(string service, string target, string measure = "availability") => $$"""
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: {{service}}-{{measure[..4]}} }
        spec:
          service: {{service}}
          indicator: { metadata: { name: i }, spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: {{measure}}, service: [{{service}}] } } } } } }
          timeWindow: [ { duration: 30d, isRolling: true } ]
          budgetingMethod: Occurrences
          objectives: [ { target: {{target}} } ]
        ---

        """;
}
