using Tidegate.Core.Resources.Providers;
using Tidegate.Models.Catalogue;
using Tidegate.Models.Costs;

namespace Tidegate.Gateway.Models.Costs;

/// <summary>What is known of a target before it is asked: what the provider's document says, else the catalogue.</summary>
/// <param name="ContextWindow">Tokens it takes in all; 0 when not known.</param>
/// <param name="OutputLimit">Most tokens of an answer; 0 when not known.</param>
/// <param name="Price">What it costs; null when not known.</param>
/// <param name="Abilities">What it is known to be able to, in the catalogue's words.</param>
internal sealed record TargetFacts(int ContextWindow, int OutputLimit, Price? Price, IReadOnlyList<string> Abilities)
{
    /// <summary>Nothing is known.</summary>
    public static TargetFacts None { get; } = new(0, 0, null, []);

    /// <summary>Facts of a model of a provider.</summary>
    public static TargetFacts Of(ProviderConfig provider, string model, ModelCatalogue catalogue)
    {
        var own = provider.Models.FirstOrDefault(m => m.Name == model);
        var known = catalogue.Find(provider.Vendor, model);
        return new TargetFacts(
            own is { ContextWindow: > 0 } ? own.ContextWindow : known?.ContextWindow ?? 0,
            own is { OutputLimit: > 0 } ? own.OutputLimit : known?.OutputLimit ?? 0,
            own?.Price is { } price ? Of(price) : known?.Price,
            known?.Abilities ?? []);
    }

    /// <summary>It is known to be able to something.</summary>
    public bool Can(string ability)
    {
        foreach (var each in Abilities)
            if (each == ability) return true;
        return false;
    }

    private static Price Of(ModelPriceConfig price) => new()
    {
        Currency = price.Currency,
        Input = price.InputPerMillion,
        CachedInput = price.CachedInputPerMillion,
        CacheWrite = price.CacheWritePerMillion,
        Output = price.OutputPerMillion,
        Reasoning = price.ReasoningPerMillion,
        AudioInput = price.AudioInputPerMillion,
        AudioOutput = price.AudioOutputPerMillion,
        PerCall = price.PerCall,
    };
}
