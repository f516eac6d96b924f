namespace Tidegate.Insight.Indicators.Series;

/// <summary>A row of <c>indicators_series</c>: the number under which counts of a series are kept.</summary>
internal sealed class SeriesRow
{
    public long Id { get; init; }

    /// <summary>Its name; the same for ever.</summary>
    public required string Name { get; init; }
}
