namespace Tidegate.Insight.Indicators.Pushed;

/// <summary>What a push added to a minute.</summary>
/// <param name="Series">Name of the series.</param>
/// <param name="Minute">Minutes since 1970-01-01T00:00Z.</param>
/// <param name="Bad">Bad events.</param>
/// <param name="Total">All events.</param>
internal sealed record PushedMinute(string Series, long Minute, double Bad, double Total);
