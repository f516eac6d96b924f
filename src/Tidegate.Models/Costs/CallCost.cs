using System.Runtime.InteropServices;
using Tidegate.Models.Chat;

namespace Tidegate.Models.Costs;

/// <summary>What tokens cost. Sums of it are exact: amounts are multiples of 1e-9 of the currency.</summary>
/// <param name="Amount">In <paramref name="Currency"/>; null when it is not known, never 0 instead.</param>
/// <param name="Currency">ISO 4217 code.</param>
/// <param name="Estimated">The tokens were counted, not told by the provider.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct CallCost(decimal? Amount, string Currency, bool Estimated)
{
    /// <summary>Digits after the point of an amount.</summary>
    public const int Digits = 9;

    private const decimal PerToken = 0.000001m; // prices are per million

    /// <summary>Cost of a use; unknown when a price is missing for any token of it, or the use itself.</summary>
    public static CallCost Of(Usage? usage, Price? price) => new(Amounts(usage, price), price?.Currency ?? "USD", usage?.Estimated ?? false);

    private static decimal? Amounts(Usage? usage, Price? price)
    {
        if (usage is null || price is null) return null;
        var prices = price.For(usage.Input);
        // Sound that was cached is not told apart by any provider: it counts as cached.
        var audioInput = Math.Clamp(usage.AudioInput, 0, Math.Max(0, usage.Input - usage.CachedInput - usage.CacheWrite));
        var audioOutput = Math.Clamp(usage.AudioOutput, 0, Math.Max(0, usage.Output - usage.Reasoning));
        var plainInput = Math.Max(0, usage.Input - usage.CachedInput - usage.CacheWrite - audioInput);
        var plainOutput = Math.Max(0, usage.Output - usage.Reasoning - audioOutput);
        var sum = Part(plainInput, prices.Input)
            + Part(usage.CachedInput, prices.CachedInput ?? prices.Input)
            + Part(usage.CacheWrite, prices.CacheWrite ?? prices.Input)
            + Part(audioInput, prices.AudioInput ?? prices.Input)
            + Part(plainOutput, prices.Output)
            + Part(usage.Reasoning, prices.Reasoning ?? prices.Output)
            + Part(audioOutput, prices.AudioOutput ?? prices.Output);
        return sum is { } known ? Math.Round((known * PerToken) + (price.PerCall ?? 0), Digits, MidpointRounding.ToEven) : null;
    }

    private static decimal? Part(long tokens, decimal? price) => tokens == 0 ? 0 : tokens * price;
}
