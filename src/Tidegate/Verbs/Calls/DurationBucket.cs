namespace Tidegate.Verbs.Calls;

/// <summary>A bar of the histogram.</summary>
/// <param name="UpToUs">Longest duration in it, in microseconds; null for whatever is longer than the bar before.</param>
/// <param name="Calls">Calls that took longer than the bar before and no longer than this.</param>
internal sealed record DurationBucket(long? UpToUs, int Calls);
