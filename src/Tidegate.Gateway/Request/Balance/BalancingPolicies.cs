using System.Collections.Frozen;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>The list of balancing policies: a new one is a new file and a line here.</summary>
internal static class BalancingPolicies
{
    private static readonly FrozenDictionary<string, Func<Needs, IBalancingPolicy>> ByName = new Dictionary<string, Func<Needs, IBalancingPolicy>>(StringComparer.Ordinal)
    {
        ["roundRobin"] = static _ => new RoundRobinPolicy(),
        ["leastRequests"] = static n => new LeastRequestsPolicy(n.Random),
        ["peakEwma"] = static n => new PeakEwmaPolicy(n.Random, n.Time),
        ["weighted"] = static _ => new WeightedPolicy(),
        ["consistentHash"] = static n => new ConsistentHashPolicy(n.Config.Hash),
        ["sticky"] = static n => new StickyPolicy(n.Config.Sticky, new PeakEwmaPolicy(n.Random, n.Time)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Names in the document.</summary>
    public static IReadOnlyList<string> Names => ByName.Keys;

    /// <summary>Makes the policy a service asks for; validation has checked its name.</summary>
    public static IBalancingPolicy Create(BalancingConfig config, IRandomSource random, TimeProvider time) => ByName[config.Policy](new Needs(config, random, time));

    private sealed record Needs(BalancingConfig Config, IRandomSource Random, TimeProvider Time);
}
