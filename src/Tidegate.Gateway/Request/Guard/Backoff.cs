using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Exponential backoff with full jitter: anything between nothing and the doubled base, so that callers who failed together do not come back together.</summary>
internal static class Backoff
{
    /// <summary>Wait before a retry; <paramref name="retry"/> is 1 for the first.</summary>
    public static TimeSpan Before(int retry, RetryConfig config, IRandomSource random)
    {
        var longest = Math.Min(config.BackoffMax.Ticks, config.BackoffBase.Ticks * Math.Pow(2, Math.Min(retry - 1, 30)));
        return TimeSpan.FromTicks((long)(longest * random.NextDouble()));
    }
}
