using Tidegate.Core.Resources.Models;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>All strategies, one line each.</summary>
internal static class TargetStrategies
{
    private static readonly Dictionary<TargetStrategy, ITargetStrategy> All = new Dictionary<TargetStrategy, ITargetStrategy>
    {
        [TargetStrategy.Order] = new AsWritten(),
        [TargetStrategy.Weighted] = new ByWeight(),
        [TargetStrategy.Latency] = new ByLatency(),
        [TargetStrategy.Load] = new ByLoad(),
        [TargetStrategy.Cost] = new ByCost(),
    };

    /// <summary>The strategy of a word.</summary>
    public static ITargetStrategy Of(TargetStrategy word) => All[word];
}
