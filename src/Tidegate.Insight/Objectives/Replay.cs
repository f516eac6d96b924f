namespace Tidegate.Insight.Objectives;

/// <summary>What proposed objectives and alerts would have made of what was recorded. Nothing of it was stored, and nobody was told.</summary>
/// <param name="From">Beginning of the time.</param>
/// <param name="Until">Its end.</param>
/// <param name="Objectives">Each objective by id.</param>
/// <param name="NotJudged">SLOs that cannot be judged, and why, by name.</param>
public sealed record Replay(DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<ReplayedObjective> Objectives, IReadOnlyDictionary<string, string> NotJudged);
