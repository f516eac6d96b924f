namespace Tidegate.Operations.Delivery;

/// <summary>Is a version as good as the others?</summary>
public sealed record CanaryRequest
{
    /// <summary>Version that is judged.</summary>
    public required string Canary { get; init; }

    /// <summary>Versions it is compared with. Default: all others that were called.</summary>
    public IReadOnlyList<string> Baseline { get; init; } = [];

    /// <summary>Calls of this route only. One of route and service is needed.</summary>
    public string? Route { get; init; }

    /// <summary>Calls of this service only.</summary>
    public string? Service { get; init; }

    /// <summary>Calls that began since then. Default: an hour ago.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Fewest calls of each to pass. Default 100.</summary>
    public int MinCalls { get; init; } = 100;

    /// <summary>Failed calls beyond the baseline's that are tolerated, in points of percentage. Default 0.5.</summary>
    public double ErrorTolerance { get; init; } = 0.5;

    /// <summary>How much longer the median may be, in percent. Default 10.</summary>
    public double LatencyTolerance { get; init; } = 10;

    /// <summary>Share of good canaries that may fail by chance. Default 0.01.</summary>
    public double FalseAlarms { get; init; } = 0.01;
}
