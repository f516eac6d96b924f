using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>Chooses among the destinations that may be used; found by its name in the document.</summary>
internal interface IBalancingPolicy
{
    /// <summary>Name in the document.</summary>
    string Name { get; }

    /// <summary>Chooses; <paramref name="candidates"/> is never empty.</summary>
    DestinationModel Pick(GatewayCall call, ReadOnlySpan<DestinationModel> candidates);
}
