using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>The one with the fewest attempts in flight for its weight.</summary>
internal sealed class ByLoad : ITargetStrategy
{
    /// <inheritdoc/>
    public void Order(Span<TargetModel> targets, ModelCall model, IRandomSource random, long now) =>
        targets.Sort(static (a, b) => Load(a).CompareTo(Load(b)));

    private static double Load(TargetModel target) => target.Config.Weight == 0 ? double.MaxValue : (target.Load.InFlight + 1.0) / target.Config.Weight;
}
