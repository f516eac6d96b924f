namespace Tidegate.Insight.Indicators.Series;

/// <summary>From when to when a source that can be asked again was asked about a series. Minutes in between without events had none, or the source did not know them.</summary>
/// <param name="Series">Name of the series.</param>
/// <param name="From">First minute, since 1970-01-01T00:00Z.</param>
/// <param name="Until">The minute after the last.</param>
internal sealed record SeriesCoverage(string Series, long From, long Until);
