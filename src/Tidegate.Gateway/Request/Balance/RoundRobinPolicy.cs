using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>One after the other, whatever their weights.</summary>
internal sealed class RoundRobinPolicy : IBalancingPolicy
{
    private int _next = -1;

    /// <inheritdoc/>
    public string Name => "roundRobin";

    /// <inheritdoc/>
    public bool HasAffinity => false;

    /// <inheritdoc/>
    public DestinationModel Pick(GatewayCall call, ReadOnlySpan<DestinationModel> candidates, long now) =>
        candidates[(int)((uint)Interlocked.Increment(ref _next) % (uint)candidates.Length)];

    /// <inheritdoc/>
    public string? Cookie(GatewayCall call, DestinationModel destination) => null;
}
