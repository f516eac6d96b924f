namespace Tidegate.Insight.Objectives;

/// <summary>What a service can promise at most, for what it cannot do without: as it is declared, and as traffic shows.</summary>
public sealed record ObjectiveCeiling
{
    /// <summary>Name of the service.</summary>
    public required string Service { get; init; }

    /// <summary>Services that it declares as hard dependencies.</summary>
    public required IReadOnlyList<CeilingPart> Declared { get; init; }

    /// <summary>Product of what they promise; null when none promises anything.</summary>
    public double? DeclaredCeiling { get; init; }

    /// <summary>Services that were called while its calls lasted, in the same traces, or by a consumer of its name. Whether it could do without them traffic does not say.</summary>
    public required IReadOnlyList<CeilingPart> Observed { get; init; }

    /// <summary>Product of what they promise, each as often as it was called; null when none promises anything.</summary>
    public double? ObservedCeiling { get; init; }

    /// <summary>What is not known, and why; empty when nothing is missing.</summary>
    public string Reason { get; init; } = "";
}
