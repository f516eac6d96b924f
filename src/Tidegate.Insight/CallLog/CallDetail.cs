namespace Tidegate.Insight.CallLog;

/// <summary>One call with its attempts, in order of start.</summary>
public sealed record CallDetail(CallEntry Call, IReadOnlyList<AttemptEntry> Attempts);
