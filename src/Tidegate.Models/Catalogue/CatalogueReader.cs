using System.Globalization;
using System.Text.Json;
using Tidegate.Models.Costs;

namespace Tidegate.Models.Catalogue;

/// <summary>Reads a catalogue file. Strict: a price that is misread is a wrong bill.</summary>
internal static class CatalogueReader
{
    private const decimal DearestPerMillion = 100_000;

    public static ModelCatalogue Read(Stream file)
    {
        try
        {
            using var document = JsonDocument.Parse(file, new JsonDocumentOptions { MaxDepth = 16 });
            return Read(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new FormatException($"It is not JSON: {e.Message}", e);
        }
        catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException)
        {
            throw new FormatException($"It is not of the schema {ModelCatalogue.Schema}: {e.Message}", e);
        }
    }

    private static ModelCatalogue Read(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("schema", out var schema) || schema.GetString() is not ModelCatalogue.Schema)
            throw new FormatException($"It does not say \"schema\": \"{ModelCatalogue.Schema}\".");
        var (asOf, currency) = (Day(root.GetProperty("asOf")), Currency(root.GetProperty("currency").GetString()));
        var fallbacks = new Dictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        if (root.TryGetProperty("fallbacks", out var others))
            foreach (var vendor in others.EnumerateObject()) fallbacks[vendor.Name] = Texts(vendor.Value);
        var sources = root.TryGetProperty("sources", out var from) ? from.EnumerateArray().Select(s => $"{s.GetProperty("name").GetString()} {s.GetProperty("version").GetString()}").ToList() : [];
        var models = new List<CatalogueModel>();
        foreach (var element in root.GetProperty("models").EnumerateArray())
        {
            try
            {
                models.Add(Model(element, asOf, currency));
            }
            catch (Exception e) when (e is InvalidOperationException or KeyNotFoundException or FormatException)
            {
                throw new FormatException($"models[{models.Count}]: {e.Message}", e);
            }
        }

        return models.Count == 0 ? throw new FormatException("It has no models.") : new ModelCatalogue(asOf, sources, fallbacks, models);
    }

    private static CatalogueModel Model(JsonElement element, DateOnly asOf, string currency)
    {
        var has = element.TryGetProperty("price", out var price);
        var day = element.TryGetProperty("asOf", out var own) ? Day(own) : asOf;
        return new CatalogueModel(Name(element, "vendor"), Name(element, "name"))
        {
            ContextWindow = Tokens(element, "context"),
            OutputLimit = Tokens(element, "output"),
            Takes = Texts(element, "takes"),
            Gives = Texts(element, "gives"),
            Abilities = Texts(element, "abilities"),
            Also = Texts(element, "also"),
            Begins = Texts(element, "begins"),
            Has = Texts(element, "has"),
            Ends = Texts(element, "ends"),
            IsDeprecated = element.TryGetProperty("deprecated", out var deprecated) && deprecated.GetBoolean(),
            Price = has ? PriceOf(price, day, currency) : null,
            ImageInput = has ? Amount(price, "imageInput") : null,
            ImageOutput = has ? Amount(price, "imageOutput") : null,
            AudioHour = has ? Amount(price, "audioHour") : null,
        };
    }

    private static Price PriceOf(JsonElement price, DateOnly asOf, string currency) => new()
    {
        Currency = price.TryGetProperty("currency", out var own) ? Currency(own.GetString()) : currency,
        AsOf = asOf,
        Input = Amount(price, "input"),
        CachedInput = Amount(price, "cachedInput"),
        CacheWrite = Amount(price, "cacheWrite"),
        Output = Amount(price, "output"),
        Reasoning = Amount(price, "reasoning"),
        AudioInput = Amount(price, "audioInput"),
        AudioOutput = Amount(price, "audioOutput"),
        PerCall = Amount(price, "perCall"),
        Tiers = price.TryGetProperty("tiers", out var tiers) ? [.. tiers.EnumerateArray().Select(Tier).OrderBy(t => t.Above)] : [],
    };

    private static PriceTier Tier(JsonElement tier) => new(tier.GetProperty("above").GetInt64())
    {
        Input = Amount(tier, "input"),
        CachedInput = Amount(tier, "cachedInput"),
        CacheWrite = Amount(tier, "cacheWrite"),
        Output = Amount(tier, "output"),
        Reasoning = Amount(tier, "reasoning"),
    };

    private static decimal? Amount(JsonElement price, string name)
    {
        if (!price.TryGetProperty(name, out var value)) return null;
        return value.TryGetDecimal(out var amount) && amount is >= 0 and <= DearestPerMillion ? amount : throw new FormatException($"{name}: {value.GetRawText()} is no price.");
    }

    private static int Tokens(JsonElement element, string name)
    {
        if (!element.TryGetProperty(name, out var value)) return 0;
        return value.TryGetInt32(out var tokens) && tokens >= 0 ? tokens : throw new FormatException($"{name}: {value.GetRawText()} is no number of tokens.");
    }

    private static string Name(JsonElement element, string name) => element.GetProperty(name).GetString() is { Length: > 0 } text ? text : throw new FormatException($"{name} is empty.");

    private static string Currency(string? code) => code is { Length: 3 } && code.All(char.IsAsciiLetterUpper) ? code : throw new FormatException($"\"{code}\" is no currency.");

    private static DateOnly Day(JsonElement element) =>
        DateOnly.TryParseExact(element.GetString(), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : throw new FormatException($"asOf: {element.GetRawText()} is no day.");

    private static string[] Texts(JsonElement element, string name) => element.TryGetProperty(name, out var list) ? Texts(list) : [];

    private static string[] Texts(JsonElement list) => [.. list.EnumerateArray().Select(text => text.GetString() ?? "")];
}
