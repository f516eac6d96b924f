using Tidegate.Models.Costs;

namespace Tidegate.Models.Catalogue;

/// <summary>A model as the catalogue knows it. What it does not know is 0, empty or null.</summary>
/// <param name="Vendor">Vendor, by its word in the configuration.</param>
/// <param name="Name">Name at the vendor.</param>
public sealed record CatalogueModel(string Vendor, string Name)
{
    /// <summary>Tokens it takes in all; 0 when not known.</summary>
    public int ContextWindow { get; init; }

    /// <summary>Most tokens of an answer; 0 when not known.</summary>
    public int OutputLimit { get; init; }

    /// <summary>What it takes: text, image, audio, video, pdf. Empty when not known.</summary>
    public IReadOnlyList<string> Takes { get; init; } = [];

    /// <summary>What it gives.</summary>
    public IReadOnlyList<string> Gives { get; init; } = [];

    /// <summary>What it is known to be able to: tools, vision, reasoning, json_schema. That a word is missing does not say that it is not.</summary>
    public IReadOnlyList<string> Abilities { get; init; } = [];

    /// <summary>What it costs; null when not known.</summary>
    public Price? Price { get; init; }

    /// <summary>Input that is an image, per million tokens; null when not known.</summary>
    public decimal? ImageInput { get; init; }

    /// <summary>Output that is an image, per million tokens; null when not known.</summary>
    public decimal? ImageOutput { get; init; }

    /// <summary>An hour of sound, in the currency of the price; null when not known.</summary>
    public decimal? AudioHour { get; init; }

    /// <summary>The vendor is about to take it away.</summary>
    public bool IsDeprecated { get; init; }

    /// <summary>Its other names.</summary>
    public IReadOnlyList<string> Also { get; init; } = [];

    internal IReadOnlyList<string> Begins { get; init; } = [];

    internal IReadOnlyList<string> Has { get; init; } = [];

    internal IReadOnlyList<string> Ends { get; init; } = [];
}
