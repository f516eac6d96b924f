namespace Tidegate.Insight.Indicators.Probes;

/// <summary>A probe as it is listed.</summary>
/// <param name="Series">Name of its series.</param>
/// <param name="Type">Kind.</param>
/// <param name="Target">What it asks.</param>
/// <param name="At">When it asked last on this node; null when it did not, because it is new or another node runs probes.</param>
/// <param name="Good">How it went; null before.</param>
/// <param name="Problem">Why it was bad.</param>
/// <param name="TookMs">How long it took.</param>
internal sealed record ProbeStatus(string Series, string Type, string Target, DateTimeOffset? At, bool? Good, string? Problem, double? TookMs);
