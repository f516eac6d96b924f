using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>The one whose first token came soonest lately; one that was never asked is asked now.</summary>
internal sealed class ByLatency : ITargetStrategy
{
    /// <inheritdoc/>
    public void Order(Span<TargetModel> targets, ModelCall model, IRandomSource random, long now) =>
        targets.Sort((a, b) => Latency(a, now).CompareTo(Latency(b, now)));

    private static double Latency(TargetModel target, long now)
    {
        var best = double.MaxValue;
        foreach (var state in target.States) best = Math.Min(best, state.Latency.Read(now));
        return best;
    }
}
