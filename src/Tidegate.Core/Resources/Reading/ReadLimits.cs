namespace Tidegate.Core.Resources.Reading;

/// <summary>Bounds on what a text may ask of the reader. A document of 100,000 routes stays below all of them.</summary>
public sealed record ReadLimits
{
    /// <summary>Most characters over all texts. Default 64 Mi.</summary>
    public int Characters { get; init; } = 64 << 20;

    /// <summary>Deepest nesting. Default 64; the deepest legal key is at 8.</summary>
    public int Depth { get; init; } = 64;

    /// <summary>Most values over all texts, aliases counted at full size. Default 5 million.</summary>
    public int Nodes { get; init; } = 5_000_000;

    /// <summary>Most values that the aliases of one YAML document may stand for. Default 100,000.</summary>
    public int AliasedNodes { get; init; } = 100_000;

    /// <summary>Most findings kept; the rest is counted. Default 1,000.</summary>
    public int Findings { get; init; } = 1_000;
}
