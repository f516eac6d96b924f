namespace Tidegate.Insight.CallLog;

/// <summary>One series.</summary>
/// <param name="Key">Value of the dimension; null for all calls, or for the rest when <paramref name="Rest"/>.</param>
/// <param name="Rest">All values that have no series of their own.</param>
/// <param name="Points">One per step, also where there were no calls.</param>
public sealed record CallSeriesLine(string? Key, bool Rest, IReadOnlyList<CallSeriesPoint> Points);
