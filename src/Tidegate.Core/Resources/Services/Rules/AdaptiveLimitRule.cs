using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>The adaptive limit begins between its bounds.</summary>
internal sealed class AdaptiveLimitRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        if (spec.Resilience.AdaptiveConcurrency is not { } limit) return;
        if (limit.Minimum > limit.Maximum)
            scope.Error("bad_order", "spec.resilience.adaptiveConcurrency.minimum", $"It is greater than maximum ({limit.Maximum}).");
        else if (limit.Initial < limit.Minimum || limit.Initial > limit.Maximum)
            scope.Error("bad_order", "spec.resilience.adaptiveConcurrency.initial", $"It is not between minimum ({limit.Minimum}) and maximum ({limit.Maximum}).");
    }
}
