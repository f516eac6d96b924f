using System.Globalization;
using Tidegate.Core.Resources.OpenSlo.Slos;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.Slas.Rules;

/// <summary>A promise has a target, and its SLO is meant to keep it.</summary>
internal sealed class SlaRule : ResourceRule<SlaConfig>
{
    public override void Check(SlaConfig spec, ResourceScope scope)
    {
        TargetCheck.Check(spec.Target, spec.TargetPercent, "spec", scope);
        if (ObjectiveReference.Find(spec.Slo, spec.Objective, "spec", scope) is not { } objective) return;
        var promised = spec.Target ?? spec.TargetPercent / 100m;
        if (promised >= SloTarget.Of(objective))
        {
            scope.Warning("no_buffer", spec.Target is null ? "spec.targetPercent" : "spec.target",
                $"The promise ({promised?.ToString("0.######", CultureInfo.InvariantCulture)}) is not below the objective that is meant to keep it ({SloTarget.Of(objective).ToString("0.######", CultureInfo.InvariantCulture)}): it would be broken before the SLO is.");
        }
    }
}
