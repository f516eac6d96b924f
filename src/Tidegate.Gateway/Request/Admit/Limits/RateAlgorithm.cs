using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>How the counts of a limit are made: one entry per algorithm of the document.</summary>
internal static class RateAlgorithm
{
    private static readonly Dictionary<LimitAlgorithm, Func<LimitConfig, TimeProvider, Func<PartitionKey, RateCount>>> All = new()
    {
        [LimitAlgorithm.TokenBucket] = static (config, time) =>
        {
            var shape = new TokenBucketShape(config.Calls, Ticks.Of(time, config.Per), config.Burst > 0 ? config.Burst : config.Calls);
            return key => new TokenBucket(key, shape);
        },
        [LimitAlgorithm.SlidingWindow] = static (config, time) =>
        {
            var slot = SlidingWindow.SlotLength(Ticks.Of(time, config.Per));
            return key => new SlidingWindow(key, config.Calls, slot);
        },
    };

    /// <summary>What makes the counts of a limit.</summary>
    public static Func<PartitionKey, RateCount> For(LimitConfig config, TimeProvider time) => All[config.Algorithm](config, time);
}
