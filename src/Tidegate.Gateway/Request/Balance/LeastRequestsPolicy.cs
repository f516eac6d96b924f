using Tidegate.Core.Ports;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>The one with the fewest calls in flight for its weight; ties are drawn.</summary>
internal sealed class LeastRequestsPolicy(IRandomSource random) : IBalancingPolicy
{
    /// <inheritdoc/>
    public string Name => "leastRequests";

    /// <inheritdoc/>
    public bool HasAffinity => false;

    /// <inheritdoc/>
    public DestinationModel Pick(GatewayCall call, ReadOnlySpan<DestinationModel> candidates, long now)
    {
        var best = candidates[0];
        var least = Load(best);
        var ties = 1;
        for (var i = 1; i < candidates.Length; i++)
        {
            var load = Load(candidates[i]);
            if (load > least) continue;
            ties = load < least ? 1 : ties + 1;
            // Each of the ties found so far is kept with the same probability, in one pass.
            if (ties == 1 || random.Next(ties) == 0) best = candidates[i];
            least = load;
        }

        return best;
    }

    /// <inheritdoc/>
    public string? Cookie(GatewayCall call, DestinationModel destination) => null;

    private static double Load(DestinationModel destination) => (destination.State.InFlight + 1.0) / destination.Config.Weight;
}
