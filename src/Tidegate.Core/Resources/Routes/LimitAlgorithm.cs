namespace Tidegate.Core.Resources.Routes;

/// <summary>How a rate is counted.</summary>
public enum LimitAlgorithm
{
    /// <summary>A bucket refilled evenly; short bursts pass.</summary>
    TokenBucket,
    /// <summary>No more than the limit in any window. Counted by sixteenths of it, so a call frees its place up to a sixteenth late.</summary>
    SlidingWindow,
}
