using Tidegate.Core.Windows;

namespace Tidegate.Insight.Indicators.Series;

/// <summary>A minute of a series as one writer knows it: all it counted, not what is new. Written again, it replaces itself.</summary>
/// <param name="Series">Name of the series.</param>
/// <param name="Minute">Minutes since 1970-01-01T00:00Z.</param>
/// <param name="Writer">Who counted; counts of several writers add up.</param>
/// <param name="Events">Bad and all events.</param>
/// <param name="Durations">How long they took, as <see cref="LatencyHistogram.ToBytes"/> writes it; null where nobody measured.</param>
internal sealed record SeriesBucket(string Series, long Minute, long Writer, Tally Events, byte[]? Durations);
