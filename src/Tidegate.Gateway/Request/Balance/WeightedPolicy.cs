using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>
/// Exactly by weight, and evenly mixed (nginx's "smooth" weighted round robin): everyone gains its weight, the richest is chosen and pays the sum.
/// </summary>
internal sealed class WeightedPolicy : IBalancingPolicy
{
    private readonly Lock _gate = new();

    /// <inheritdoc/>
    public string Name => "weighted";

    /// <inheritdoc/>
    public bool HasAffinity => false;

    /// <inheritdoc/>
    public DestinationModel Pick(GatewayCall call, ReadOnlySpan<DestinationModel> candidates, long now)
    {
        lock (_gate)
        {
            var best = candidates[0];
            long sum = 0;
            foreach (var candidate in candidates)
            {
                candidate.State.Credit += candidate.Config.Weight;
                sum += candidate.Config.Weight;
                if (candidate.State.Credit > best.State.Credit) best = candidate;
            }

            best.State.Credit -= sum;
            return best;
        }
    }

    /// <inheritdoc/>
    public string? Cookie(GatewayCall call, DestinationModel destination) => null;
}
