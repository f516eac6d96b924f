namespace Tidegate.Models.Costs;

/// <summary>Prices of requests with much input, per million tokens; null where the base price holds.</summary>
/// <param name="Above">Holds for inputs of more tokens than this.</param>
public sealed record PriceTier(long Above)
{
    /// <inheritdoc cref="Price.Input"/>
    public decimal? Input { get; init; }

    /// <inheritdoc cref="Price.CachedInput"/>
    public decimal? CachedInput { get; init; }

    /// <inheritdoc cref="Price.CacheWrite"/>
    public decimal? CacheWrite { get; init; }

    /// <inheritdoc cref="Price.Output"/>
    public decimal? Output { get; init; }

    /// <inheritdoc cref="Price.Reasoning"/>
    public decimal? Reasoning { get; init; }

    internal Price Over(Price price) => price with
    {
        Input = Input ?? price.Input,
        CachedInput = CachedInput ?? price.CachedInput,
        CacheWrite = CacheWrite ?? price.CacheWrite,
        Output = Output ?? price.Output,
        Reasoning = Reasoning ?? price.Reasoning,
        Tiers = [],
    };
}
