namespace Tidegate.Models.Costs;

/// <summary>What a model costs. Prices are per million tokens; null where none is known, which is not the same as 0.</summary>
public sealed record Price
{
    /// <summary>ISO 4217 code. Default USD.</summary>
    public string Currency { get; init; } = "USD";

    /// <summary>Day the prices were last looked at; null when that is not known.</summary>
    public DateOnly? AsOf { get; init; }

    /// <summary>Input.</summary>
    public decimal? Input { get; init; }

    /// <summary>Input read from the provider's cache. Null: as other input.</summary>
    public decimal? CachedInput { get; init; }

    /// <summary>Input written to the provider's cache. Null: as other input.</summary>
    public decimal? CacheWrite { get; init; }

    /// <summary>Output.</summary>
    public decimal? Output { get; init; }

    /// <summary>Output that is reasoning. Null: as other output.</summary>
    public decimal? Reasoning { get; init; }

    /// <summary>Input that is sound. Null: as other input.</summary>
    public decimal? AudioInput { get; init; }

    /// <summary>Output that is sound. Null: as other output.</summary>
    public decimal? AudioOutput { get; init; }

    /// <summary>Per call, whatever its tokens; in the currency itself. Null: nothing.</summary>
    public decimal? PerCall { get; init; }

    /// <summary>Other prices for large requests, by rising <see cref="PriceTier.Above"/>.</summary>
    public IReadOnlyList<PriceTier> Tiers { get; init; } = [];

    /// <summary>The prices that hold for an input of so many tokens: of the highest tier it is above, which then hold for all of its tokens.</summary>
    public Price For(long input)
    {
        var found = this;
        foreach (var tier in Tiers)
            if (input > tier.Above) found = tier.Over(this);
        return found;
    }
}
