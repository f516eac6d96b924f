using Tidegate.Core.Resources.Routes;

namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>The limits of a route or a consumer.</summary>
internal sealed class LimitSet
{
    private LimitSet(RateLimit[] rates, ConcurrencyLimit[] concurrency) => (Rates, Concurrency, Policies) = (rates, concurrency, string.Join(", ", rates.Select(r => r.Policy)));

    /// <summary>None.</summary>
    public static LimitSet None { get; } = new([], []);

    /// <summary>Limits on rates.</summary>
    public RateLimit[] Rates { get; }

    /// <summary>Limits on calls in flight.</summary>
    public ConcurrencyLimit[] Concurrency { get; }

    /// <summary>Value of <c>RateLimit-Policy</c>; empty when there are no rates.</summary>
    public string Policies { get; }

    /// <summary>Builds the set; limits that are the same as in the set before keep their counts.</summary>
    public static LimitSet Build(IReadOnlyList<LimitConfig> rates, IReadOnlyList<ConcurrencyLimitConfig> concurrency, LimitSet? previous, TimeProvider time)
    {
        if (rates.Count + concurrency.Count == 0) return None;
        return new LimitSet(
            [.. rates.Select((config, i) => (config, name: config.Name ?? $"limit-{i + 1}")).Select(l =>
                previous?.Rates.FirstOrDefault(old => old.Name == l.name && old.Config == l.config) ?? new RateLimit(l.name, l.config, time))],
            [.. concurrency.Select((config, i) => (config, name: config.Name ?? $"concurrency-{i + 1}")).Select(l =>
                previous?.Concurrency.FirstOrDefault(old => old.Name == l.name && old.Config == l.config) ?? new ConcurrencyLimit(l.name, l.config, time))]);
    }
}
