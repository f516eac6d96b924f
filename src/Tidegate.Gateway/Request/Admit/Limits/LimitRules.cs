using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>Builds the limits of a snapshot. Rules that say the same are one object: ten thousand routes with the same limit read the same memory.</summary>
internal sealed class LimitRules(TimeProvider time)
{
    private readonly Dictionary<(string Name, LimitConfig Config), RateRule> _rules = [];

    /// <summary>The limits of a route or a consumer; those that are the same as in the set before keep their counts.</summary>
    public LimitSet Build(IReadOnlyList<LimitConfig> rates, IReadOnlyList<ConcurrencyLimitConfig> concurrency, LimitSet? previous)
    {
        if (rates.Count + concurrency.Count == 0) return LimitSet.None;
        return new LimitSet(
            [.. rates.Select((config, i) => (config, name: config.Name ?? $"limit-{i + 1}")).Select(l =>
                previous?.Rates.FirstOrDefault(old => old.Rule.Name == l.name && old.Rule.Config == l.config) ?? new RateLimit(Rule(l.name, l.config)))],
            [.. concurrency.Select((config, i) => (config, name: config.Name ?? $"concurrency-{i + 1}")).Select(l =>
                previous?.Concurrency.FirstOrDefault(old => old.Name == l.name && old.Config == l.config) ?? new ConcurrencyLimit(l.name, l.config, time))]);
    }

    private RateRule Rule(string name, LimitConfig config)
    {
        if (!_rules.TryGetValue((name, config), out var rule)) _rules[(name, config)] = rule = new RateRule(name, config, time);
        return rule;
    }
}
