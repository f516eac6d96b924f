using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Models.Rules;

/// <summary>A shadow can be asked, and may cost something.</summary>
internal sealed class ShadowRule : ResourceRule<ModelConfig>
{
    public override void Check(ModelConfig spec, ResourceScope scope)
    {
        if (spec.Shadow is not { } shadow) return;
        if (shadow.Model.Length == 0) scope.Error("bad_name", "spec.shadow.model", "Give the name of the model at the provider.");
        if (shadow.MaxCostPerDay is { Length: > 0 } cost && MoneyText.Parse(cost).Nanos == 0) scope.Error("no_amount", "spec.shadow.maxCostPerDay", "A cost of 0 would mirror nothing: give an amount above 0, or take the shadow out.");
        if (spec.Targets.Any(t => t.Provider == shadow.Provider && t.Model == shadow.Model && t.Canary is null))
            scope.Warning("duplicate_target", "spec.shadow", $"{shadow.Model} at {shadow.Provider} is a target of the model: its answers would be compared with its own.");
    }
}
