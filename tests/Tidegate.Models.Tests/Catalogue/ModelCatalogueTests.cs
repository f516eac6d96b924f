using System.Text;
using Tidegate.Core.Resources.Providers;
using Tidegate.Models.Catalogue;
using Tidegate.Models.Chat;
using Tidegate.Models.Costs;

namespace Tidegate.Models.Tests.Catalogue;

/// <summary>The catalogue the program comes with, and how models are found in it.</summary>
public sealed class ModelCatalogueTests
{
    private static readonly ModelCatalogue Own = new CatalogueSource().Current;

    [Fact]
    public void Own_HasHundredsOfModels_OfKnownVendors()
    {
        Assert.True(Own.Models.Count >= 400, $"{Own.Models.Count} models");
        Assert.True(Own.Models.Count(m => m.Price is not null) >= 400);
        Assert.True(Own.Models.Count(m => m.ContextWindow > 0) >= 400);
        Assert.Empty(Own.Models.Select(m => m.Vendor).Distinct(StringComparer.Ordinal).Except(Vendors.All));
        Assert.Equal(Own.Models.Count, Own.Models.Select(m => (m.Vendor, m.Name)).Distinct().Count());
    }

    [Fact]
    public void Own_Prices_HaveCurrencyAndDay_AndAreInOrder()
    {
        Assert.All(Own.Models.Where(m => m.Price is not null), m =>
        {
            Assert.Equal("USD", m.Price!.Currency);
            Assert.InRange(m.Price.AsOf!.Value, new DateOnly(2026, 1, 1), Own.AsOf);
            Assert.True(m.Price.CachedInput is null || m.Price.Input is null || m.Price.CachedInput <= m.Price.Input, $"{m.Vendor}/{m.Name}: cached input is dearer than input");
            Assert.True(m.Price.Input is null or < 1000 && m.Price.Output is null or < 3000, $"{m.Vendor}/{m.Name}: is that per million?");
        });
    }

    [Theory]
    [InlineData("openai", "gpt-4o", 2.5, 10, 128_000)]
    [InlineData("openai", "gpt-4o-2024-11-20", 2.5, 10, 128_000)]
    [InlineData("openai", "GPT-5-mini", 0.25, 2, 400_000)]
    [InlineData("openai", "gpt-5-mini-2025-08-07", 0.25, 2, 400_000)]
    [InlineData("azure", "gpt-5-mini", 0.25, 2, 272_000)]
    [InlineData("anthropic", "claude-sonnet-4-20250514", 3, 15, 0)]
    [InlineData("vertex", "claude-opus-4-1@20250805", 15, 75, 200_000)]
    [InlineData("gemini", "models/gemini-2.5-pro", 1.25, 10, 1_048_576)]
    [InlineData("xai", "grok-3-fast-latest", 5, 25, 131_072)]
    public void Find_NamesOfAllKinds_LeadToTheModel(string vendor, string name, double input, double output, int window)
    {
        var model = Own.Find(vendor, name);

        Assert.NotNull(model);
        Assert.Equal(((decimal?)input, (decimal?)output), (model.Price?.Input, model.Price?.Output));
        if (window > 0) Assert.Equal(window, model.ContextWindow);
    }

    [Theory]
    [InlineData("openai", "no-such-model")]
    [InlineData("vllm", "gpt-4o")]
    [InlineData("nobody", "gpt-4o")]
    public void Find_Unknown_IsNull(string vendor, string name) => Assert.Null(Own.Find(vendor, name));

    [Fact]
    public void Find_Abilities_AreThere()
    {
        var model = Own.Find("openai", "gpt-4o")!;

        Assert.Equal(["tools", "vision", "json_schema"], model.Abilities);
        Assert.Equal((16_384, "text image", "text"), (model.OutputLimit, string.Join(' ', model.Takes), string.Join(' ', model.Gives)));
    }

    // 300,000 x 2.5 + 1,000 x 15, per million
    [Fact]
    public void Tiers_OfTheFile_Hold() =>
        Assert.Equal(0.765m, CallCost.Of(new Usage { Input = 300_000, Output = 1000 }, Own.Find("gemini", "gemini-2.5-pro")!.Price).Amount);

    [Fact]
    public void ModelWithoutTokenPrice_HasNoCost()
    {
        var whisper = Own.Find("openai", "whisper-1")!;

        Assert.Equal(0.36m, whisper.AudioHour);
        Assert.Null(CallCost.Of(new Usage { Input = 10 }, whisper.Price).Amount);
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "schema")]
    [InlineData("""{"schema":"other/1"}""", "schema")]
    [InlineData("""{"schema":"tidegate-models/1","asOf":"2026-09-23","currency":"USD","models":[]}""", "no models")]
    [InlineData("""{"schema":"tidegate-models/1","asOf":"yesterday","currency":"USD","models":[]}""", "no day")]
    [InlineData("""{"schema":"tidegate-models/1","asOf":"2026-09-23","currency":"dollars","models":[]}""", "no currency")]
    [InlineData("""{"schema":"tidegate-models/1","asOf":"2026-09-23","currency":"USD","models":[{"vendor":"v","name":"m","price":{"input":-1}}]}""", "models[0]: input: -1")]
    [InlineData("""{"schema":"tidegate-models/1","asOf":"2026-09-23","currency":"USD","models":[{"vendor":"v","name":"m","price":{"input":"3"}}]}""", "models[0]")]
    [InlineData("""{"schema":"tidegate-models/1","asOf":"2026-09-23","currency":"USD","models":[{"vendor":"v"}]}""", "models[0]")]
    [InlineData("""{"schema":"tidegate-models/1","asOf":"2026-09-23","currency":"USD","models":[{"vendor":"v","name":"m","context":-5}]}""", "models[0]: context")]
    public void Read_WhatIsNoCatalogue_SaysWhy(string text, string told) =>
        Assert.Contains(told, Assert.Throws<FormatException>(() => ModelCatalogue.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)))).Message, StringComparison.Ordinal);

    [Fact]
    public void Source_AnotherFile_HoldsWhenItIsRight()
    {
        string? text = null;
        var source = new CatalogueSource(() => text is null ? null : new MemoryStream(Encoding.UTF8.GetBytes(text)));
        Assert.Equal((Own.Models.Count, false), (source.Current.Models.Count, source.IsOther));

        text = """{"schema":"tidegate-models/1","asOf":"2026-09-23","currency":"EUR","models":[{"vendor":"openai","name":"m","price":{"input":1.5}}]}""";
        source.Changed();
        Assert.Equal(("EUR", 1.5m, 1, true), (source.Current.Find("openai", "m")!.Price!.Currency, source.Current.Models[0].Price!.Input, source.Version, source.IsOther));

        text = "{}";
        source.Changed();
        Assert.Equal((Own.Models.Count, false), (source.Current.Models.Count, source.IsOther));
        Assert.NotNull(source.Problem);
    }
}
