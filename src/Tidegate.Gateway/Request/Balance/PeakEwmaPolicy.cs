using Tidegate.Core.Ports;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>
/// The better of two drawn at random, by expected wait: calls in flight times recent latency, over weight. Two draws keep nodes that see the same numbers from
/// sending everything to the same place (Mitzenmacher, "The power of two choices").
/// </summary>
internal sealed class PeakEwmaPolicy(IRandomSource random, TimeProvider time) : IBalancingPolicy
{
    // A destination nobody has measured takes one call and then waits for its answer, so that a new and slow one is not flooded.
    private readonly double _unknown = time.TimestampFrequency;

    /// <inheritdoc/>
    public string Name => "peakEwma";

    /// <inheritdoc/>
    public bool HasAffinity => false;

    /// <inheritdoc/>
    public DestinationModel Pick(GatewayCall call, ReadOnlySpan<DestinationModel> candidates, long now)
    {
        if (candidates.Length == 1) return candidates[0];
        var first = random.Next(candidates.Length);
        var second = random.Next(candidates.Length - 1);
        if (second >= first) second++;
        return Cost(candidates[second], now) < Cost(candidates[first], now) ? candidates[second] : candidates[first];
    }

    /// <inheritdoc/>
    public string? Cookie(GatewayCall call, DestinationModel destination) => null;

    private double Cost(DestinationModel destination, long now)
    {
        var latency = destination.State.Latency.Read(now);
        var load = destination.State.InFlight;
        if (latency == 0 && load > 0) latency = _unknown;
        return latency * (load + 1) / destination.Config.Weight;
    }
}
