using Tidegate.Core.Ports;
using Tidegate.Gateway.Models.Costs;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>The cheapest for this call, by its length and the output it asks for; those whose price is not known come last, as written.</summary>
internal sealed class ByCost : ITargetStrategy
{
    /// <inheritdoc/>
    public void Order(Span<TargetModel> targets, ModelCall model, IRandomSource random, long now)
    {
        var costs = new (decimal Cost, int At)[targets.Length];
        for (var i = 0; i < targets.Length; i++) costs[i] = (CallEstimate.Of(model, targets[i]).Cost.Amount ?? decimal.MaxValue, i);
        MemoryExtensions.Sort(costs.AsSpan(), targets);
    }
}
