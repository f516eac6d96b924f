using Tidegate.Models.Catalogue;
using Tidegate.Models.Costs;

namespace Tidegate.Catalogue;

/// <summary>A model of the catalogue, as the API shows it. Null means "not known".</summary>
/// <param name="Vendor">Vendor.</param>
/// <param name="Name">Name at the vendor.</param>
/// <param name="Also">Its other names.</param>
/// <param name="ContextWindow">Tokens it takes in all.</param>
/// <param name="OutputLimit">Most tokens of an answer.</param>
/// <param name="Takes">text, image, audio, ...</param>
/// <param name="Gives">The same for answers.</param>
/// <param name="Abilities">tools, vision, reasoning, json_schema.</param>
/// <param name="Deprecated">The vendor is about to take it away.</param>
/// <param name="Price">What it costs.</param>
public sealed record CatalogueEntry(
    string Vendor, string Name, IReadOnlyList<string> Also, int? ContextWindow, int? OutputLimit, IReadOnlyList<string> Takes, IReadOnlyList<string> Gives,
    IReadOnlyList<string> Abilities, bool Deprecated, CataloguePrice? Price)
{
    internal static CatalogueEntry Of(CatalogueModel model) => new(
        model.Vendor, model.Name, model.Also, model.ContextWindow > 0 ? model.ContextWindow : null, model.OutputLimit > 0 ? model.OutputLimit : null, model.Takes, model.Gives,
        model.Abilities, model.IsDeprecated, model.Price is { } price ? CataloguePrice.Of(model, price) : null);
}

/// <summary>A price, per million tokens where nothing else is said. Null means "not known", or where a more general price holds.</summary>
public sealed record CataloguePrice(
    string Currency, DateOnly? AsOf, decimal? Input, decimal? CachedInput, decimal? CacheWrite, decimal? Output, decimal? Reasoning, decimal? AudioInput, decimal? AudioOutput,
    decimal? ImageInput, decimal? ImageOutput, decimal? PerAudioHour, decimal? PerCall, IReadOnlyList<PriceTier> Tiers)
{
    internal static CataloguePrice Of(CatalogueModel model, Price price) => new(
        price.Currency, price.AsOf, price.Input, price.CachedInput, price.CacheWrite, price.Output, price.Reasoning, price.AudioInput, price.AudioOutput,
        model.ImageInput, model.ImageOutput, model.AudioHour, price.PerCall, price.Tiers);
}
