namespace Tidegate.Insight.Reports;

/// <summary>A vital sign of a service, with what it means: without its definition a number is an opinion.</summary>
public sealed record VitalSign
{
    /// <summary>Its name: <c>availability</c>, <c>mttd</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Its name for people.</summary>
    public required string DisplayName { get; init; }

    /// <summary>What it means, in a sentence.</summary>
    public required string Definition { get; init; }

    /// <summary>Its values by name, in <see cref="Unit"/>; empty when it is not known.</summary>
    public IReadOnlyDictionary<string, double> Values { get; init; } = new Dictionary<string, double>(StringComparer.Ordinal);

    /// <summary><c>ratio</c>, <c>seconds</c> or <c>calls_per_second</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Events, calls or incidents it is made of.</summary>
    public double Sample { get; init; }

    /// <summary>What it was taken from.</summary>
    public string Source { get; init; } = "";

    /// <summary>Why it is not known, or what is missing; empty when nothing is.</summary>
    public string Reason { get; init; } = "";
}
