using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>Chooses among the destinations that may be used; found by its name in the document. One object per service, kept across snapshots.</summary>
internal interface IBalancingPolicy
{
    /// <summary>Name in the document.</summary>
    string Name { get; }

    /// <summary>True when calls belong to destinations: slow start would then send a caller to and fro, so it is left out.</summary>
    bool HasAffinity { get; }

    /// <summary>Chooses. <paramref name="candidates"/> is never empty; each has a weight above 0, and none was tried before in this call unless all were.</summary>
    DestinationModel Pick(GatewayCall call, ReadOnlySpan<DestinationModel> candidates, long now);

    /// <summary>Cookie to set with the answer of this destination; null for none.</summary>
    string? Cookie(GatewayCall call, DestinationModel destination);
}
