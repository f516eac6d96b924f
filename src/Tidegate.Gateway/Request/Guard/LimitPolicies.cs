using System.Collections.Frozen;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>The list of ways to find a concurrency limit: a new one is a new file and a line here.</summary>
internal static class LimitPolicies
{
    private static readonly FrozenDictionary<AdaptiveAlgorithm, Func<ILimitPolicy>> ByName = new Dictionary<AdaptiveAlgorithm, Func<ILimitPolicy>>
    {
        [AdaptiveAlgorithm.Gradient] = static () => new GradientPolicy(),
        [AdaptiveAlgorithm.Aimd] = static () => new AimdPolicy(),
    }.ToFrozenDictionary();

    /// <summary>Makes one.</summary>
    public static ILimitPolicy Create(AdaptiveAlgorithm name) => ByName[name]();
}
