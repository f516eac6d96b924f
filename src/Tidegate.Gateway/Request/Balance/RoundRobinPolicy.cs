using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>One after the other.</summary>
internal sealed class RoundRobinPolicy : IBalancingPolicy
{
    private int _next = -1;

    /// <inheritdoc/>
    public string Name => "roundRobin";

    /// <inheritdoc/>
    public DestinationModel Pick(GatewayCall call, ReadOnlySpan<DestinationModel> candidates) =>
        candidates[(int)((uint)Interlocked.Increment(ref _next) % (uint)candidates.Length)];
}
