namespace Tidegate.Insight.Indicators.Series;

/// <summary>A row of <c>indicators_counts</c>: what one writer counted in one stretch of time.</summary>
internal sealed class CountRow
{
    public long Series { get; init; }

    /// <summary>Length of the stretch in seconds: 60, 300 or 3600.</summary>
    public int Step { get; init; }

    /// <summary>Beginning, in seconds since 1970-01-01T00:00Z; a multiple of the step.</summary>
    public long Start { get; init; }

    public long Writer { get; init; }

    public double Bad { get; init; }

    public double Total { get; init; }

    /// <summary>Durations, as <see cref="Core.Windows.LatencyHistogram.ToBytes"/> writes them.</summary>
    public byte[]? Durations { get; init; }
}
