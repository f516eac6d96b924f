using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>An SLO has exactly one time window.</summary>
internal sealed class SloWindowRule : ResourceRule<SloConfig>
{
    public override void Check(SloConfig spec, ResourceScope scope) => TimeWindowCheck.Check(spec.TimeWindow, scope);
}
