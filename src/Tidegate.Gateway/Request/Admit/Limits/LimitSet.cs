namespace Tidegate.Gateway.Request.Admit.Limits;

/// <summary>The limits of a route or a consumer.</summary>
internal sealed class LimitSet(RateLimit[] rates, ConcurrencyLimit[] concurrency)
{
    /// <summary>None.</summary>
    public static LimitSet None { get; } = new([], []);

    /// <summary>Limits on rates.</summary>
    public RateLimit[] Rates { get; } = rates;

    /// <summary>Limits on calls in flight.</summary>
    public ConcurrencyLimit[] Concurrency { get; } = concurrency;

    /// <summary>Value of <c>RateLimit-Policy</c>; empty when there are no rates. Of a single rate its rule's own text.</summary>
    public string Policies { get; } = rates.Length == 1 ? rates[0].Rule.Policy : string.Join(", ", rates.Select(r => r.Rule.Policy));
}
