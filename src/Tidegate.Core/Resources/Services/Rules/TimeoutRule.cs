using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>A longer limit around a shorter one.</summary>
internal sealed class TimeoutRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        var resilience = spec.Resilience;
        if (resilience.AttemptTimeout > resilience.Deadline)
            scope.Warning("never_reached", "spec.resilience.attemptTimeout", $"It is longer than the deadline of the call ({Duration.Format(resilience.Deadline)}), which ends the attempt first.");
        if (resilience.Breaker is { } breaker && breaker.Cooldown > breaker.MaxCooldown)
            scope.Error("bad_order", "spec.resilience.breaker.cooldown", $"It is longer than maxCooldown ({Duration.Format(breaker.MaxCooldown)}).");
        if (resilience.Retry.BackoffBase > resilience.Retry.BackoffMax)
            scope.Error("bad_order", "spec.resilience.retry.backoffBase", $"It is longer than backoffMax ({Duration.Format(resilience.Retry.BackoffMax)}).");
        if (spec.Health.Active is { } active && active.Timeout > active.Interval)
            scope.Warning("bad_order", "spec.health.active.timeout", $"It is longer than the interval ({Duration.Format(active.Interval)}): probes of a silent destination will overlap.");
    }
}
