namespace Tidegate.Insight.Objectives;

/// <summary>A part of the history that an objective was replayed over.</summary>
/// <param name="Source"><c>series</c>: exact counts, kept for this indicator. <c>call_log</c>: calls on record, of which some may have been dropped or be gone. <c>parts</c>: the replay of the objectives it is made of.</param>
/// <param name="From">Its first event.</param>
/// <param name="Until">The end of its last minute.</param>
/// <param name="Minutes">Minutes of the replayed time with events in it.</param>
public sealed record ReplayedHistory(string Source, DateTimeOffset From, DateTimeOffset Until, long Minutes);
