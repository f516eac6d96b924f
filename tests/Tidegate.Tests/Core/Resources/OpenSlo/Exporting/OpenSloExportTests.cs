using Tidegate.Core.Resources;
using Tidegate.Core.Resources.OpenSlo.AlertConditions;
using Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets;
using Tidegate.Core.Resources.OpenSlo.Exporting;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Xunit;

namespace Tidegate.Tests.Core.Resources.OpenSlo.Exporting;

/// <summary>What leaves is plain OpenSLO v1, whole in itself.</summary>
public sealed class OpenSloExportTests
{
    private const string Text = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: plain, annotations: { tidegate/forgiven: unknown_service, note: kept } }
        spec:
          service: orders
          indicator: { metadata: { name: i }, spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: availability, service: [orders] } } } } } }
          timeWindow: [ { duration: 30d, isRolling: true } ]
          budgetingMethod: Occurrences
          objectives: [ { target: 0.999 } ]
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: own }
        spec:
          service: orders
          indicator: { metadata: { name: i }, spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: events, spec: { name: e } } } } } }
          timeWindow: [ { duration: 10d, isRolling: true } ]
          budgetingMethod: Occurrences
          objectives: [ { target: 0.99 } ]
          alertPolicies: [ mine, none ]
        ---
        apiVersion: tidegate/v1
        kind: AlertSet
        metadata: { name: mine }
        spec: { pairs: [ { severity: page, long: 2h, short: 10m, budgetShare: 0.05 } ], targets: [ chat ] }
        ---
        apiVersion: tidegate/v1
        kind: NotificationTarget
        metadata: { name: chat }
        spec: { description: The channel., channel: { type: slack, url: "${secret:slack}" } }
        ---
        apiVersion: tidegate/v1
        kind: SLA
        metadata: { name: contract }
        spec: { slo: plain, target: 0.99 }
        """;

    [Fact]
    public void Export_IsReadStrictlyAsItIs()
    {
        var export = OpenSloExport.Of(Read(Text));

        Assert.All(export.Resources, r => Assert.Equal("openslo/v1", r.ApiVersion));
        Assert.Equal("openslo.Service/orders", export.Resources[0].Id);
        // The gateway's own counters are asked by names of its own services.
        var again = DocumentReader.Read([new SourceText("around.yaml", RuleAssert.Around), new SourceText("exported.yaml", YamlWriter.Shown(export.Resources))]);
        // OpenSLO has no settings of targets; nothing else is found.
        Assert.Equal(["no_settings"], again.Findings.Select(f => f.Code).Distinct());
        Assert.Equal(export.Resources.Count, again.Document!.Resources.Count(r => r.ApiVersion == "openslo/v1"));
        Assert.Equal(["note"], again.Document.Find("SLO/plain")!.Metadata.Annotations.Keys);
    }

    [Fact]
    public void Export_SetsOfAlerts_BecomePolicies()
    {
        var export = OpenSloExport.Of(Read(Text));
        T Spec<T>(string id)
            where T : class => ((Resource<T>)export.Resources.Single(r => r.Id == id)).Spec;

        Assert.Equal(["30d-page-1h", "30d-page-6h", "30d-ticket-1d", "30d-ticket-3d"], Spec<SloConfig>("SLO/plain").AlertPolicies.Select(p => p.AlertPolicyRef));
        Assert.Equal(["mine-page-2h-10d"], Spec<SloConfig>("SLO/own").AlertPolicies.Select(p => p.AlertPolicyRef));
        Assert.Equal(14.4m, Spec<AlertConditionConfig>("AlertCondition/30d-page-1h").Condition.Threshold);
        Assert.Equal(6m, Spec<AlertConditionConfig>("AlertCondition/mine-page-2h-10d").Condition.Threshold);
        Assert.Equal(("slack", "The channel."), (Spec<AlertNotificationTargetConfig>("AlertNotificationTarget/chat").Target, Spec<AlertNotificationTargetConfig>("AlertNotificationTarget/chat").Description));
        Assert.Contains(export.Notes, n => n.Resource == "SLA/contract");
        Assert.Contains(export.Notes, n => n.Resource == "SLO/plain" && n.Message.Contains("short windows of 30d", StringComparison.Ordinal));
    }

    [Fact]
    public void Export_WithoutAnybodyToTell_IsLegalAllTheSame()
    {
        var export = OpenSloExport.Of(Read(Text[..Text.IndexOf("---", StringComparison.Ordinal)]));

        Assert.Contains(export.Resources, r => r.Id == "AlertNotificationTarget/on-call");
        Assert.NotNull(DocumentReader.Read([new SourceText("around.yaml", RuleAssert.Around), new SourceText("exported.yaml", YamlWriter.Shown(export.Resources))]).Document);
    }

    private static ConfigDocument Read(string text)
    {
        var read = DocumentReader.Read([new SourceText("around.yaml", RuleAssert.Around), new SourceText("slo.yaml", text)]);
        Assert.True(read.Document is not null, string.Join('\n', read.Findings));
        return read.Document;
    }
}
