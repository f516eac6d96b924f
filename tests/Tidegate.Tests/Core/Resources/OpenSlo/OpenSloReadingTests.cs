using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Resources.OpenSlo.AlertConditions;
using Tidegate.Core.Resources.OpenSlo.AlertPolicies;
using Tidegate.Core.Resources.OpenSlo.DataSources;
using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Services;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Xunit;

namespace Tidegate.Tests.Core.Resources.OpenSlo;

/// <summary>Documents of OpenSLO v1 are read as they are.</summary>
public sealed class OpenSloReadingTests
{
    private const string Documents = """
        apiVersion: openslo/v1
        kind: Service
        metadata:
          name: checkout
          displayName: Checkout
          labels: { team: [pay, web], tier: one }
          annotations: { openslo.com/note: kept }
        spec: { description: Where people pay. }
        ---
        apiVersion: openslo/v1
        kind: DataSource
        metadata: { name: metrics }
        spec:
          type: Prometheus
          connectionDetails: { url: "http://prometheus.example:9090", headers: { X-Scope-OrgID: pay } }
        ---
        apiVersion: openslo/v1
        kind: SLI
        metadata: { name: paid }
        spec:
          ratioMetric:
            counter: true
            good: { metricSource: { metricSourceRef: metrics, spec: { query: 'sum(payments_total{result="ok"})' } } }
            total: { metricSource: { metricSourceRef: metrics, type: Prometheus, spec: { query: sum(payments_total) } } }
        ---
        apiVersion: openslo/v1
        kind: AlertCondition
        metadata: { name: fast }
        spec:
          severity: page
          condition: { kind: burnrate, op: gte, threshold: 14.4, lookbackWindow: 1h, alertAfter: 5m }
        ---
        apiVersion: openslo/v1
        kind: AlertNotificationTarget
        metadata: { name: on-call }
        spec: { target: slack }
        ---
        apiVersion: tidegate/v1
        kind: NotificationTarget
        metadata: { name: on-call }
        spec: { channel: { type: slack, url: "${secret:slack}" } }
        ---
        apiVersion: tidegate/v1
        kind: NotificationTarget
        metadata: { name: mail }
        spec: { channel: { type: email, to: [a@example.com], from: b@example.com, host: localhost } }
        ---
        apiVersion: openslo/v1
        kind: AlertPolicy
        metadata: { name: paging }
        spec:
          alertWhenBreaching: true
          conditions: [ { conditionRef: fast } ]
          notificationTargets: [ { targetRef: on-call } ]
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: payments }
        spec:
          description: Payments succeed.
          service: checkout
          indicatorRef: paid
          timeWindow:
            - duration: 1M
              isRolling: false
              calendar: { startTime: "2026-01-01 00:00:00", timeZone: Europe/Berlin }
          budgetingMethod: Timeslices
          objectives:
            - { displayName: most, target: 0.995, timeSliceTarget: 0.95, timeSliceWindow: 5 }
            - { displayName: nearly all, targetPercent: 99.9, timeSliceTarget: 1, timeSliceWindow: 1m }
          alertPolicies:
            - paging
            - alertPolicyRef: paging
            - kind: AlertPolicy
              metadata: { name: slow }
              spec:
                alertWhenBreaching: true
                conditions:
                  - kind: AlertCondition
                    metadata: { name: slow-burn }
                    spec: { severity: ticket, condition: { kind: burnrate, threshold: 1, lookbackWindow: 3d } }
                notificationTargets:
                  - kind: AlertNotificationTarget
                    metadata: { name: mail }
                    spec: { target: email }
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: answers }
        spec:
          service: checkout
          indicator:
            metadata: { name: good-answers }
            spec:
              ratioMetric:
                counter: true
                rawType: success
                raw: { metricSource: { type: tidegate, spec: { measure: latency, threshold: 300ms, version: [1.10], team: [a] } } }
          timeWindow: [ { duration: 30d, isRolling: true } ]
          budgetingMethod: Occurrences
          objectives: [ { target: 0.999 } ]

        """;

    [Fact]
    public void Documents_OfEveryKind_AreRead()
    {
        var document = Read(Documents).Document!;

        Assert.Equal(10, document.Resources.Count(r => r.Source!.File == "slo.yaml"));
        var slo = Spec<SloConfig>(document, "SLO/payments");
        Assert.Equal(BudgetingMethod.Timeslices, slo.BudgetingMethod);
        Assert.Equal(new DurationShorthand(1, 'M'), slo.TimeWindow[0].Duration);
        Assert.Equal(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Unspecified), slo.TimeWindow[0].Calendar!.StartTime);
        Assert.Equal([0.995m, 0.999m], slo.Objectives.Select(SloTarget.Of));
        Assert.Equal(new DurationShorthand(5, 'm'), slo.Objectives[0].TimeSliceWindow);
        Assert.Equal(["paging", "paging", null], slo.AlertPolicies.Select(p => p.AlertPolicyRef));
        Assert.Equal(1m, slo.AlertPolicies[2].Spec!.Conditions[0].Spec!.Condition.Threshold);
        Assert.Equal("email", slo.AlertPolicies[2].Spec!.NotificationTargets[0].Spec!.Target);
        Assert.Equal(new DurationShorthand(5, 'm'), Spec<AlertConditionConfig>(document, "AlertCondition/fast").Condition.AlertAfter);
        Assert.True(Spec<AlertPolicyConfig>(document, "AlertPolicy/paging") is { AlertWhenBreaching: true, AlertWhenNoData: false });
        var service = document.Find("openslo.Service/checkout")!;
        Assert.Equal("Where people pay.", ((Resource<SloServiceConfig>)service).Spec.Description);
        Assert.Equal("Checkout", service.Metadata.DisplayName);
        Assert.Equal(["pay", "web"], service.Metadata.Labels["team"]);
        Assert.Equal(["one"], service.Metadata.Labels["tier"]);
    }

    [Fact]
    public void Sources_AreBoundToTheirTypes_AlsoAfterTheyWereStored()
    {
        var stored = DocumentWriter.Canonical(Read(Documents).Document!);
        var document = DocumentReader.ReadAccepted(new SourceText("stored.json", System.Text.Encoding.UTF8.GetString(stored))).Document!;

        var gateway = (GatewayIndicatorConfig)MetricSources.Bind(Spec<SloConfig>(document, "SLO/answers").Indicator!.Spec.RatioMetric!.Raw!.MetricSource, document)!.Spec;
        Assert.Equal(GatewayMeasure.Latency, gateway.Measure);
        Assert.Equal(TimeSpan.FromMilliseconds(300), GatewayThreshold.DurationOf(gateway));
        Assert.Equal(["1.10"], gateway.Version);
        var paid = Spec<SliConfig>(document, "SLI/paid").RatioMetric!;
        var good = MetricSources.Bind(paid.Good!.MetricSource, document)!;
        Assert.Equal(("prometheus", "metrics"), (good.Type, good.DataSource!.Metadata.Name));
        Assert.Equal("""sum(payments_total{result="ok"})""", ((PrometheusIndicatorConfig)good.Spec).Query);
        Assert.Equal("pay", MetricSources.Connection(Spec<DataSourceConfig>(document, "DataSource/metrics"))!.Headers["X-Scope-OrgID"]);
    }

    [Fact]
    public void Service_OfBothSchemasWithOneName_AreTwoObjects()
    {
        var document = Read("""
            apiVersion: openslo/v1
            kind: Service
            metadata: { name: orders }
            """).Document!;

        Assert.IsType<Resource<SloServiceConfig>>(document.Find("openslo.Service/orders"));
        Assert.NotNull(document.Find("Service/orders"));
    }

    private static T Spec<T>(ConfigDocument document, string id)
        where T : class => ((Resource<T>)document.Find(id)!).Spec;

    private static ReadResult Read(string text)
    {
        var result = DocumentReader.Read([new SourceText("around.yaml", RuleAssert.Around), new SourceText("slo.yaml", text)]);
        Assert.Empty(result.Findings);
        return result;
    }
}
