using Tidegate.Core.Resources.Providers;
using Tidegate.Models.Costs;

namespace Tidegate.Gateway.Models.Costs;

/// <summary>What is known of a target before it is asked: the provider's document first.</summary>
/// <param name="ContextWindow">Tokens it takes in all; 0 when not known.</param>
/// <param name="OutputLimit">Most tokens of an answer; 0 when not known.</param>
/// <param name="Price">What it costs; null when not known.</param>
internal sealed record TargetFacts(int ContextWindow, int OutputLimit, Price? Price)
{
    /// <summary>Nothing is known.</summary>
    public static TargetFacts None { get; } = new(0, 0, null);

    /// <summary>Facts of a model of a provider.</summary>
    public static TargetFacts Of(ProviderConfig provider, string model)
    {
        var own = provider.Models.FirstOrDefault(m => m.Name == model);
        return own is null ? None : new TargetFacts(own.ContextWindow, own.OutputLimit, own.Price is { } price ? Of(price) : null);
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
