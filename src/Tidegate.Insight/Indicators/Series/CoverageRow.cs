namespace Tidegate.Insight.Indicators.Series;

/// <summary>A row of <c>indicators_coverage</c>: from when to when a source was asked.</summary>
internal sealed class CoverageRow
{
    /// <summary>Name of the series.</summary>
    public required string Series { get; init; }

    /// <summary>First minute, since 1970-01-01T00:00Z.</summary>
    public long From { get; set; }

    /// <summary>The minute after the last.</summary>
    public long Until { get; set; }
}
