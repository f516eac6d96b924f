namespace Tidegate.Core.Resources.Services;

/// <summary>How an adaptive concurrency limit is found.</summary>
public enum AdaptiveAlgorithm
{
    /// <summary>Limit moves with the ratio of long-term to recent latency.</summary>
    Gradient,
    /// <summary>Additive increase, multiplicative decrease on failures and timeouts.</summary>
    Aimd,
}
