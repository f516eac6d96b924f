using Tidegate.Core.Resources.OpenSlo.Indicators;
using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.CompositeSlos.Rules;

/// <summary>Warns of a part that is not one objective but one for each value: such a composite is not judged.</summary>
internal static class GroupedPartCheck
{
    public static void Check(string name, SloObjectiveConfig? objective, string path, ResourceScope scope)
    {
        if (objective is null || scope.Document.Find($"SLO/{name}") is not Resource<SloConfig> { Spec: var slo }) return;
        var sli = objective.Indicator?.Spec ?? Named(objective.IndicatorRef, scope) ?? slo.Indicator?.Spec ?? Named(slo.IndicatorRef, scope);
        if (sli?.RatioMetric?.Raw is not { } raw || MetricSources.Bind(raw.MetricSource, scope.Document)?.Spec is not GatewayIndicatorConfig { GroupBy: { } by }) return;
        var word = by.ToString().ToLowerInvariant();
        scope.Warning("grouped_part", path, $"SLO/{name} has groupBy: {word}, so it is an objective for each {word}, and this composite will not be judged. Name an SLO without groupBy: one that selects the {word} that counts.");
    }

    private static SliConfig? Named(string? name, ResourceScope scope) => name is null ? null : (scope.Document.Find($"SLI/{name}") as Resource<SliConfig>)?.Spec;
}
