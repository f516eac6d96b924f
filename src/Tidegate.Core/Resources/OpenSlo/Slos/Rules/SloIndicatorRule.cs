using Tidegate.Core.Resources.OpenSlo.Slis;
using Tidegate.Core.Resources.OpenSlo.Slis.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>An SLO has exactly one indicator, or each of its objectives has exactly one.</summary>
internal sealed class SloIndicatorRule : ResourceRule<SloConfig>
{
    public override void Check(SloConfig spec, ResourceScope scope)
    {
        bool own = spec.Indicator is not null || spec.IndicatorRef is not null;
        bool ofObjectives = spec.Objectives.Any(o => o.Indicator is not null || o.IndicatorRef is not null);
        if (own && ofObjectives)
            scope.Error("contradiction", "spec", "The SLO has an indicator and so have its objectives: OpenSLO has it in one place. Remove the SLO's, or those of the objectives.");
        else if (!ofObjectives)
            Check(spec.Indicator, spec.IndicatorRef, "spec", scope);
        else
            for (int i = 0; i < spec.Objectives.Count; i++) Check(spec.Objectives[i].Indicator, spec.Objectives[i].IndicatorRef, $"spec.objectives[{i}]", scope);
    }

    private static void Check(InlineSliConfig? written, string? name, string path, ResourceScope scope)
    {
        if (written is null == name is null)
            scope.Error("exactly_one", path, written is null ? "There is no indicator: give indicator or indicatorRef." : "There are two indicators: give indicator or indicatorRef, not both.");
        if (written is null) return;
        InlineCheck.Check(written.Metadata, $"{path}.indicator", scope);
        SliCheck.Check(written.Spec, $"{path}.indicator.spec", scope);
    }
}
