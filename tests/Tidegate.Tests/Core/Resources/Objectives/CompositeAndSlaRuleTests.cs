using Tidegate.Core.Resources.Reading;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Objectives;

/// <summary>Composites and agreements stand on SLOs.</summary>
public sealed class CompositeAndSlaRuleTests
{
    private const string Slos = """
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: one }
        spec:
          service: orders
          indicator: { metadata: { name: i }, spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: events, spec: { name: e } } } } } }
          timeWindow: [ { duration: 30d, isRolling: true } ]
          budgetingMethod: Occurrences
          objectives: [ { target: 0.999 } ]
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: two }
        spec:
          service: orders
          indicator: { metadata: { name: i }, spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: events, spec: { name: e } } } } } }
          timeWindow: [ { duration: 30d, isRolling: true } ]
          budgetingMethod: Occurrences
          objectives: [ { displayName: fast, target: 0.95 }, { displayName: slow, target: 0.99 } ]
        ---
        apiVersion: openslo/v1
        kind: SLO
        metadata: { name: each }
        spec:
          service: orders
          indicatorRef: by-route
          timeWindow: [ { duration: 30d, isRolling: true } ]
          budgetingMethod: Occurrences
          objectives: [ { target: 0.999 } ]
        ---
        apiVersion: openslo/v1
        kind: SLI
        metadata: { name: by-route }
        spec: { ratioMetric: { rawType: success, raw: { metricSource: { type: tidegate, spec: { measure: availability, groupBy: route } } } } }
        ---
        apiVersion: tidegate/v1
        kind: AlertSet
        metadata: { name: early }
        spec: { pairs: [ { severity: ticket, long: 3d, short: 6h, budgetShare: 0.05 } ] }
        ---

        """;

    private const string Window = "timeWindow: [ { duration: 30d, isRolling: true } ]";

    [Theory]
    [InlineData("parts: [ { slo: one, weight: 3 }, { slo: two, objective: fast } ], target: 0.99, " + Window)]
    [InlineData("parts: [ { slo: one }, { slo: two, objective: slow } ], method: any_bad, targetPercent: 99, " + Window)]
    [InlineData("parts: [ { slo: one } ], target: 0.99, " + Window, "too_few spec.parts")]
    [InlineData("parts: [ { slo: one }, { slo: one } ], target: 0.99, " + Window, "duplicate_part spec.parts[1]")]
    [InlineData("parts: [ { slo: one }, { slo: two } ], target: 0.99, " + Window, "missing_key spec.parts[1]")]
    [InlineData("parts: [ { slo: one }, { slo: two, objective: fats } ], target: 0.99, " + Window, "unknown_reference spec.parts[1].objective")]
    [InlineData("parts: [ { slo: one }, { slo: three } ], target: 0.99, " + Window, "unknown_reference spec.parts[1].slo")]
    [InlineData("parts: [ { slo: one, weight: 0 }, { slo: two, objective: fast } ], target: 0.99, " + Window, "out_of_range spec.parts[0].weight")]
    [InlineData("parts: [ { slo: one, weight: 2 }, { slo: two, objective: fast } ], method: any_bad, target: 0.99, " + Window, "unused_key spec.parts")]
    [InlineData("parts: [ { slo: one }, { slo: two, objective: fast } ], " + Window, "exactly_one spec")]
    [InlineData("parts: [ { slo: one }, { slo: two, objective: fast } ], target: 1, " + Window, "bad_target spec.target")]
    [InlineData("parts: [ { slo: one }, { slo: two, objective: fast } ], target: 0.99999999999999999, " + Window, "bad_target spec.target")]
    [InlineData("parts: [ { slo: one }, { slo: two, objective: fast } ], targetPercent: 0.999, " + Window, "suspicious_target spec.targetPercent")]
    [InlineData("parts: [ { slo: one }, { slo: two, objective: fast } ], target: 0.99, alertPolicies: [ 30d ], timeWindow: [ { duration: 5h, isRolling: true } ]", "window_too_long spec.alertPolicies")]
    [InlineData("parts: [ { slo: one }, { slo: each } ], target: 0.99, " + Window, "grouped_part spec.parts[1]")]
    [InlineData("parts: [ { slo: one }, { slo: two, objective: fast } ], target: 0.99, alertPolicies: [ early ], " + Window, "alerts_when_kept spec.alertPolicies")]
    public void Composite_IsChecked(string spec, params string[] findings) => Finds("CompositeSLO", "both", spec, findings);

    [Fact]
    public void Composite_CalledLikeAnSlo_IsFound() =>
        Finds("CompositeSLO", "one", "parts: [ { slo: one }, { slo: two, objective: fast } ], target: 0.99, " + Window, "name_taken metadata.name");

    [Theory]
    [InlineData("shop", "whole", "CompositeSLO/shop is a composite itself, and composites do not nest: name the SLOs it is made of (one, two).")]
    [InlineData("whole", "whole", "CompositeSLO/whole is a composite itself, and composites do not nest: name the SLOs it is made of (one).")]
    public void Composite_OfAComposite_IsToldThatTheyDoNotNest(string part, string name, string message)
    {
        var shop = $"apiVersion: tidegate/v1\nkind: CompositeSLO\nmetadata: {{ name: shop }}\nspec: {{ parts: [ {{ slo: one }}, {{ slo: two, objective: fast }} ], target: 0.99, {Window} }}\n---\n";
        var found = DocumentReader.Read(
        [
            new SourceText("around.yaml", RuleAssert.Around + "---\n" + Slos),
            new SourceText("tested.yaml", $"{shop}apiVersion: tidegate/v1\nkind: CompositeSLO\nmetadata: {{ name: {name} }}\nspec: {{ parts: [ {{ slo: one }}, {{ slo: {part} }} ], target: 0.99, {Window} }}\n"),
        ]).Findings;

        Assert.Equal([("nested_composite", "spec.parts[1].slo", message)], found.Select(f => (f.Code, f.Path, f.Message)));
    }

    [Theory]
    [InlineData("slo: one, target: 0.995, penalty: 10 % of the bill, customer: Example Ltd, buffer: 0.3")]
    [InlineData("slo: one, target: 0.9995", "no_buffer spec.target")]
    [InlineData("slo: one, target: 0.99999999999999999", "bad_target spec.target", "no_buffer spec.target")]
    [InlineData("slo: one, targetPercent: 0.995", "suspicious_target spec.targetPercent")]
    [InlineData("slo: two, targetPercent: 90", "missing_key spec")]
    [InlineData("slo: two, objective: fast, targetPercent: 95", "no_buffer spec.targetPercent")]
    [InlineData("slo: none, targetPercent: 95", "unknown_reference spec.slo")]
    [InlineData("slo: one", "exactly_one spec")]
    public void Sla_IsChecked(string spec, params string[] findings) => Finds("SLA", "contract", spec, findings);

    private static void Finds(string kind, string name, string spec, params string[] expected)
    {
        var found = DocumentReader.Read(
        [
            new SourceText("around.yaml", RuleAssert.Around + "---\n" + Slos),
            new SourceText("tested.yaml", $"apiVersion: tidegate/v1\nkind: {kind}\nmetadata: {{ name: {name} }}\nspec: {{ {spec} }}\n"),
        ]).Findings;

        Assert.Equal(expected, found.Select(f => $"{f.Code} {f.Path}"));
    }
}
