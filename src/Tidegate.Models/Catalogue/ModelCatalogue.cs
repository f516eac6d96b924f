namespace Tidegate.Models.Catalogue;

/// <summary>Models and their prices, as of a day.</summary>
public sealed class ModelCatalogue
{
    /// <summary>What a file says that it is.</summary>
    public const string Schema = "tidegate-models/1";

    private readonly IReadOnlyDictionary<string, IReadOnlyList<string>> _fallbacks;
    private readonly Dictionary<string, CatalogueIndex> _vendors;

    internal ModelCatalogue(DateOnly asOf, IReadOnlyList<string> sources, IReadOnlyDictionary<string, IReadOnlyList<string>> fallbacks, IReadOnlyList<CatalogueModel> models)
    {
        (AsOf, Sources, Models, _fallbacks) = (asOf, sources, models, fallbacks);
        _vendors = models.GroupBy(m => m.Vendor, StringComparer.Ordinal).ToDictionary(g => g.Key, g => new CatalogueIndex(g), StringComparer.Ordinal);
    }

    /// <summary>Day of its newest prices.</summary>
    public DateOnly AsOf { get; }

    /// <summary>What it was made from.</summary>
    public IReadOnlyList<string> Sources { get; }

    /// <summary>All models, as they stand in the file.</summary>
    public IReadOnlyList<CatalogueModel> Models { get; }

    /// <summary>Reads a file. Throws <see cref="FormatException"/> for anything that is no catalogue, saying what is wrong.</summary>
    public static ModelCatalogue Read(Stream file) => CatalogueReader.Read(file);

    /// <summary>Opens the one this program came with.</summary>
    public static Stream OpenOwn() => typeof(ModelCatalogue).Assembly.GetManifestResourceStream("models.json")!;

    /// <summary>The model of a vendor by any of its names, with or without a date at the end; null when it is not known.</summary>
    public CatalogueModel? Find(string vendor, string name)
    {
        if (_vendors.TryGetValue(vendor, out var index) && index.Find(name) is { } model) return model;
        if (!_fallbacks.TryGetValue(vendor, out var others)) return null;
        foreach (var other in others)
            if (_vendors.TryGetValue(other, out var its) && its.Find(name) is { } found) return found;
        return null;
    }
}
