using Tidegate.Core.Resources.Models;
using Tidegate.Gateway.Models.Budgets;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Models.Shadows;

/// <summary>Who is sent copies of an alias' calls.</summary>
/// <param name="config">What the document says.</param>
/// <param name="target">Where they go; breakers and floors are its own, kept across snapshots; its load limits nothing: places are the alias'.</param>
/// <param name="budget">What they may cost.</param>
/// <param name="time">Clock.</param>
internal sealed class ShadowModel(ShadowConfig config, TargetModel target, BudgetModel budget, TimeProvider time)
{
    /// <summary>What the document says.</summary>
    public ShadowConfig Config { get; } = config;

    /// <summary>Where they go.</summary>
    public TargetModel Target { get; } = target;

    /// <summary>What they may cost.</summary>
    public BudgetModel Budget { get; } = budget;

    /// <summary>Ticks of a copy.</summary>
    public long Timeout { get; } = Ticks.Of(time, config.Timeout);

    /// <summary>The way to it with the first key that can be used; null when there is none. Keys that are out are not tried: that is for calls somebody waits for.</summary>
    public TargetChoice? Choose(long now)
    {
        var utc = time.GetUtcNow().UtcTicks;
        for (var at = 0; at < Target.States.Length; at++)
        {
            var (key, state) = (Target.Provider.Keys[at], Target.States[at]);
            if (utc >= key.ExpiresAt || key.State.Reason is not null || Math.Max(state.Floor.OffUntil, state.Floor.AvoidUntil) > now) continue;
            var entry = state.Breaker.TryEnter(Target.Provider.Config.Breaker, now);
            if (entry == BreakerEntry.Refused) continue;
            Target.Load.TryEnter(0);
            return new TargetChoice(Target, key, state, entry, IsLent: false);
        }

        return null;
    }
}
