using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.AlertPolicies;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Xunit;

namespace Tidegate.Tests.Core.Resources.OpenSlo.Lenient;

/// <summary>What files of OpenSLO in the wild get wrong is forgiven on request, and said at its place; strict reading refuses each of them.</summary>
public sealed class LenientReadingTests
{
    private const string Window = "timeWindow: [ { duration: 30d, isRolling: true } ], ";
    private const string Source = "metricSource: { type: prometheus, spec: { query: q, url: 'http://p:9090' } }";
    private const string Indicator = "indicator: { metadata: { name: i }, spec: { ratioMetric: { good: { " + Source + " }, total: { " + Source + " } } } }, ";
    private const string Method = "budgetingMethod: Occurrences, ";
    private const string Objectives = "objectives: [ { target: 0.99 } ]";

    [Theory]
    [InlineData("Service: orders, " + Window + Indicator + Method + Objectives, "spec.Service")]
    [InlineData("service: orders, team: a, " + Window + Indicator + Method + Objectives, "spec.team")]
    [InlineData("service: orders, description: , " + Window + Indicator + Method + Objectives, "spec.description")]
    [InlineData("service: orders, service: orders, " + Window + Indicator + Method + Objectives, "spec.service")]
    [InlineData("service: orders, budgetingMethod: occurrences, " + Window + Indicator + Objectives, "spec.budgetingMethod")]
    [InlineData("service: orders, " + Window + Indicator + Objectives, "spec.budgetingMethod")]
    [InlineData("service: orders, " + Window + Indicator + Method + "objectives: [ { target: '0.99' } ]", "spec.objectives[0].target")]
    [InlineData("service: orders, " + Window + Indicator + Method + "objectives: [ { target: 99 } ]", "spec.objectives[0].target")]
    [InlineData("service: orders, " + Window + Indicator + Method + "objectives: [ { target: 0.99, targetPercent: 99 } ]", "spec.objectives[0].targetPercent")]
    [InlineData("service: orders, " + Window + Indicator + Method + "objectives: { target: 0.99 }", "spec.objectives")]
    [InlineData("service: orders, " + Window + Indicator + Method + "objectives: [ null, { target: 0.99 } ]", "spec.objectives[0]")]
    [InlineData("service: orders, " + Window + Indicator + Method + "objectives: [ { target: 0.99, timeSliceTarget: 0.9 } ]", "spec.objectives[0].timeSliceTarget")]
    [InlineData("service: orders, " + Window + Indicator + Method + "objectives: [ { target: 0.99, timeSliceWindow: 5 } ]", "spec.objectives[0].timeSliceWindow")]
    [InlineData("service: orders, " + Window + Indicator + Method + "objectives: [ { displayName: a, target: 0.99 }, { target: 0.98 } ]", "spec.objectives[1].displayName")]
    [InlineData("service: orders, " + Indicator + Method + Objectives, "spec.timeWindow")]
    [InlineData("service: orders, timeWindows: [ { duration: 30d } ], " + Indicator + Method + Objectives, "spec.timeWindows")]
    [InlineData("service: orders, timeWindow: { duration: 30d }, " + Indicator + Method + Objectives, "spec.timeWindow")]
    [InlineData("service: orders, timeWindow: [ { duration: 30 days } ], " + Indicator + Method + Objectives, "spec.timeWindow[0].duration")]
    [InlineData("service: orders, timeWindow: [ { duration: 7d, isRolling: false } ], " + Indicator + Method + Objectives, "spec.timeWindow[0].isRolling")]
    [InlineData("service: orders, timeWindow: [ { duration: 7d, isRolling: 'true' } ], " + Indicator + Method + Objectives, "spec.timeWindow[0].isRolling")]
    [InlineData("service: orders, timeWindow: [ { duration: 7d, isRolling: true, calendar: { startTime: '2026-01-01 00:00:00', timeZone: UTC } } ], " + Indicator + Method + Objectives, "spec.timeWindow[0].calendar")]
    [InlineData("service: orders, timeWindow: [ { duration: 1M, calendar: { startTime: '2026-01-01T00:00:00Z', timeZone: UTC } } ], " + Indicator + Method + Objectives, "spec.timeWindow[0].calendar.startTime")]
    [InlineData("service: orders, " + Window + Method + Objectives + ", indicator: { spec: { ratioMetric: { good: { " + Source + " }, total: { " + Source + " } } } }", "spec.indicator.metadata")]
    [InlineData("service: orders, " + Window + Method + Objectives + ", indicator: { metadata: { name: Good Answers }, spec: { ratioMetric: { good: { " + Source + " }, total: { " + Source + " } } } }", "spec.indicator.metadata.name")]
    [InlineData("service: orders, " + Window + Method + Objectives + ", indicator: { metadata: { name: i }, ratioMetric: { good: { " + Source + " }, total: { " + Source + " } } }", "spec.indicator")]
    [InlineData("service: orders, " + Window + Method + Objectives + ", indicator: { metadata: { name: i }, spec: { ratioMetric: { counter: 'yes', good: { " + Source + " }, total: { " + Source + " } } } }", "spec.indicator.spec.ratioMetric.counter")]
    [InlineData("service: orders, " + Window + Method + Objectives + ", indicator: { metadata: { name: i }, spec: { ratioMetric: { rawtype: Success, raw: { " + Source + " } } } }", "spec.indicator.spec.ratioMetric.rawtype", "spec.indicator.spec.ratioMetric.rawtype")]
    [InlineData("service: orders, " + Window + Method + Objectives + ", indicator: { metadata: { name: i }, spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: Prometheus, spec: { query: q, url: 'http://p:1', dimensions: [a] } } } } } }", "spec.indicator.spec.ratioMetric.raw.metricSource.spec.dimensions")]
    [InlineData("service: Orders, " + Window + Indicator + Method + Objectives, "spec.service")]
    public void Slo_Wrong_IsForgivenAndRefusedWhenStrict(string spec, params string[] paths)
    {
        var (lenient, strict) = Both($"apiVersion: openslo/v1\nkind: SLO\nmetadata: {{ name: tested }}\nspec: {{ {spec} }}\n");

        Assert.NotNull(lenient.Document);
        Assert.Equal(paths.Select(p => $"Warning forgiven SLO/tested {p}"), lenient.Findings.Select(f => $"{f.Severity} {f.Code} {f.Resource} {f.Path}"));
        Assert.All(lenient.Findings, f => Assert.Equal(("slo.yaml", 4), (f.Source!.File, f.Source.Line)));
        Assert.Null(strict.Document);
        // What was forgiven is legal from then on.
        Assert.NotNull(DocumentReader.Check(lenient.Document).Document);
        Assert.NotNull(DocumentReader.Read([new SourceText("stored.json", System.Text.Encoding.UTF8.GetString(DocumentWriter.Canonical(lenient.Document)))]).Document);
    }

    [Theory]
    [InlineData("apiVersion: OpenSLO/v1\nkind: Service\nmetadata: { name: s }")]
    [InlineData("apiVersion: openslo/v1\nkind: service\nmetadata: { name: s }")]
    [InlineData("apiVersion: openslo/v1\nkind: Service\nmetadata: { name: S }")]
    [InlineData("apiVersion: openslo/v1\nkind: Service\nmetadata: { name: s, namespace: n }")]
    [InlineData("apiVersion: openslo/v1\nkind: Service\nmetadata: { name: s, annotations: { a: [1] } }")]
    [InlineData("apiVersion: openslo/v1\nkind: Service\nmetadata: { name: s }\nstatus: fine")]
    [InlineData("ApiVersion: openslo/v1\nkind: Service\nmetadata: { name: s }")]
    public void Envelope_Wrong_IsForgivenAndRefusedWhenStrict(string text)
    {
        var (lenient, strict) = Both(text);

        Assert.Equal(FindingSeverity.Warning, Assert.Single(lenient.Findings).Severity);
        Assert.NotNull(lenient.Document!.Find("openslo.Service/s"));
        Assert.Null(strict.Document);
    }

    [Fact]
    public void Values_ForgivenAre_WhatWasMeant()
    {
        var document = Both("""
            apiVersion: openslo/v1
            kind: DataSource
            metadata: { name: Main }
            spec: { type: Prometheus, connectionDetails: { url: "http://p:9090" } }
            ---
            apiVersion: openslo/v1
            kind: SLI
            metadata: { name: Ratio }
            spec: { ratioMetric: { good: { metricSource: { metricSourceRef: Main, spec: { query: good, alias: x } } }, total: { metricSource: { metricSourceRef: Main, spec: { query: total } } } } }
            ---
            apiVersion: openslo/v1
            kind: AlertPolicy
            metadata: { name: p }
            spec:
              alertWhenBreaching: true
              conditions: { spec: { severity: page, condition: { Kind: BurnRate, threshold: "2", lookbackWindow: 1 hour, alertAfter: 2m0s } } }
              notificationTargets: { targetRef: Ops }
            ---
            apiVersion: openslo/v1
            kind: AlertNotificationTarget
            metadata: { name: Ops }
            spec: { target: Slack }
            ---
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: slo }
            spec:
              service: orders
              indicatorRef: Ratio
              alertPolicies: p
              objectives: { op: GT, target: "99.9" }
            """).Lenient.Document!;

        var slo = ((Resource<SloConfig>)document.Find("SLO/slo")!).Spec;
        Assert.Equal(("ratio", 0.999m, BudgetingMethod.Occurrences, "p"), (slo.IndicatorRef, SloTarget.Of(slo.Objectives[0]), slo.BudgetingMethod, slo.AlertPolicies[0].AlertPolicyRef));
        Assert.Equal((new DurationShorthand(30, 'd'), true), (slo.TimeWindow[0].Duration, slo.TimeWindow[0].IsRolling));
        var condition = ((Resource<AlertPolicyConfig>)document.Find("AlertPolicy/p")!).Spec.Conditions[0];
        Assert.Equal(("AlertCondition", "p-condition-1", 2m), (condition.Kind, condition.Metadata!.Name, condition.Spec!.Condition.Threshold));
        Assert.Equal((new DurationShorthand(1, 'h'), new DurationShorthand(2, 'm')), (condition.Spec.Condition.LookbackWindow, condition.Spec.Condition.AlertAfter));
        var good = MetricSources.Bind(((Resource<SliConfig>)document.Find("SLI/ratio")!).Spec.RatioMetric!.Good!.MetricSource, document)!;
        Assert.Equal(("good", "main"), (((PrometheusIndicatorConfig)good.Spec).Query, good.DataSource!.Metadata.Name));
    }

    [Fact]
    public void SourceOfAnotherProductAndServiceThatIsAWord_AreForgivenForGood()
    {
        const string text = """
            apiVersion: openslo/v1
            kind: SLO
            metadata: { name: foreign }
            spec:
              service: somewhere
              indicator: { metadata: { name: i }, spec: { ratioMetric: { good: { metricSource: { type: Datadog, spec: { query: a } } }, total: { metricSource: { type: Datadog, spec: { query: b } } } } } }
              timeWindow: [ { duration: 30d, isRolling: true } ]
              budgetingMethod: Occurrences
              objectives: [ { target: 0.99 } ]
            """;
        var (lenient, strict) = Both(text);

        Assert.Equal(["unknown_service", "unknown_source", "unknown_source"], lenient.Findings.Select(f => f.Code));
        Assert.All(lenient.Findings, f => Assert.Equal(FindingSeverity.Warning, f.Severity));
        Assert.Equal("unknown_service,unknown_source", lenient.Document!.Find("SLO/foreign")!.Metadata.Annotations["tidegate/forgiven"]);
        Assert.Null(strict.Document);
        // Something else is applied strictly afterwards.
        var next = DocumentReader.Read([new SourceText("c.yaml", "apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }")], lenient.Document);
        Assert.NotNull(next.Document);
    }

    [Theory]
    [InlineData("apiVersion: tidegate/v1\nkind: Consumer\nmetadata: { name: c }\nspec: { teem: x }")]
    [InlineData("apiVersion: openslo/v1\nkind: SLI\nmetadata: { name: s }\nspec: { ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: availability, services: [orders] } } } } }")]
    [InlineData("apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: s }\nspec: { service: orders, timeWindow: [ { duration: soon } ], indicatorRef: x, budgetingMethod: Slices, objectives: [ { target: high } ] }")]
    [InlineData("apiVersion: openslo/v1\nkind: SLO\nmetadata: { name: s }\nspec: [ 1 ]")]
    [InlineData("apiVersion: openslo/v1\nkind: Dashboard\nmetadata: { name: s }")]
    public void Wrong_InWaysThatCannotBeGuessed_IsRefused(string text) => Assert.Null(Both(text).Lenient.Document);

    [Theory]
    [InlineData("apiVersion: openslo/v1alpha\nkind: SLO\nmetadata: { name: s }", "tidegate import openslo")]
    [InlineData("apiVersion: sloth.slok.dev/v1\nkind: PrometheusServiceLevel\nmetadata: { name: s }", "tidegate import sloth")]
    [InlineData("apiVersion: tidegate/v1\nkind: SLO\nmetadata: { name: s }", "SLO is a kind of apiVersion openslo/v1.")]
    public void Schema_Other_SaysHowItIsConverted(string text, string hint) => Assert.Contains(Both(text).Strict.Findings, f => f.Message.Contains(hint, StringComparison.Ordinal));

    private static (ReadResult Lenient, ReadResult Strict) Both(string text)
    {
        SourceText[] texts = [new SourceText("around.yaml", RuleAssert.Around), new SourceText("slo.yaml", text)];
        return (DocumentReader.Read(texts, lenient: true), DocumentReader.Read(texts));
    }
}
