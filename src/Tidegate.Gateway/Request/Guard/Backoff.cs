using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>Exponential backoff with full jitter: anything between nothing and the doubled base, so that callers who failed together do not come back together.</summary>
internal static class Backoff
{
    /// <summary>Wait before a retry; <paramref name="retry"/> is 1 for the first.</summary>
    public static TimeSpan Before(int retry, RetryConfig config, IRandomSource random) => Before(retry, config.BackoffBase, config.BackoffMax, random);

    /// <summary>The same with its <paramref name="first"/> and longest (<paramref name="most"/>) wait.</summary>
    public static TimeSpan Before(int retry, TimeSpan first, TimeSpan most, IRandomSource random)
    {
        var longest = Math.Min(most.Ticks, first.Ticks * Math.Pow(2, Math.Min(retry - 1, 30)));
        return TimeSpan.FromTicks((long)(longest * random.NextDouble()));
    }
}
