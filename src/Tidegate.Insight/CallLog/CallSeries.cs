namespace Tidegate.Insight.CallLog;

/// <summary>Numbers over time.</summary>
/// <param name="From">Begin of the first step.</param>
/// <param name="Until">End of the time asked for.</param>
/// <param name="Step">Length of a step, as <c>1m</c>.</param>
/// <param name="By">The dimension, or null.</param>
/// <param name="Lines">One per value, most calls first.</param>
public sealed record CallSeries(DateTimeOffset From, DateTimeOffset Until, string Step, string? By, IReadOnlyList<CallSeriesLine> Lines);
