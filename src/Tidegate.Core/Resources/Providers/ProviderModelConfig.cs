using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Providers;

/// <summary>What you know better of a provider's model than the catalogue: your contract's prices, a model of your own.</summary>
public sealed record ProviderModelConfig
{
    /// <summary>Name of the model, as it stands in <c>targets</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Tokens it takes in all. Default 0: the catalogue's.</summary>
    [Range(0, 100000000)]
    public int ContextWindow { get; init; }

    /// <summary>Most tokens of an answer. Default 0: the catalogue's.</summary>
    [Range(0, 100000000)]
    public int OutputLimit { get; init; }

    /// <summary>Its price. Null (default): the catalogue's. It replaces the catalogue's as a whole: what is left out here is not taken from there.</summary>
    public ModelPriceConfig? Price { get; init; }
}
