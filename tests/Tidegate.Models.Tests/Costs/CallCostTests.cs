using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Models.Chat;
using Tidegate.Models.Costs;

namespace Tidegate.Models.Tests.Costs;

/// <summary>Costs, with the numbers worked out by hand in the comments.</summary>
public sealed class CallCostTests
{
    private static readonly Price Plain = new() { Input = 2.50m, CachedInput = 1.25m, Output = 10m };
    private static readonly Price Written = new() { Input = 3m, CachedInput = 0.30m, CacheWrite = 3.75m, Output = 15m };
    private static readonly Price Tiered = new()
    {
        Input = 1.25m, CachedInput = 0.125m, Output = 10m,
        Tiers = [new PriceTier(200_000) { Input = 2.50m, CachedInput = 0.25m, Output = 15m }],
    };

    // 1,000 x 2.5 = 2,500; 500 x 10 = 5,000; 7,500 / 10^6
    [Fact]
    public void Of_InputAndOutput_IsTheirSum() => Is(0.0075m, Plain, new Usage { Input = 1000, Output = 500 });

    // (1,000 - 400) x 2.5 = 1,500; 400 x 1.25 = 500; 500 x 10 = 5,000; 7,000 / 10^6
    [Fact]
    public void Of_CachedInput_IsChargedOnceAtItsOwnPrice() => Is(0.007m, Plain, new Usage { Input = 1000, CachedInput = 400, Output = 500 });

    // (2,051 - 1,800 - 200) x 3 = 153; 1,800 x 0.3 = 540; 200 x 3.75 = 750; 503 x 15 = 7,545; 8,988 / 10^6
    [Fact]
    public void Of_CacheWrites_AreChargedAtTheirOwnPrice() =>
        Is(0.008988m, Written, new Usage { Input = 2051, CachedInput = 1800, CacheWrite = 200, Output = 503 });

    // 7 x 2.5 = 17.5; 3 x 10 = 30; 47.5 / 10^6
    [Fact]
    public void Of_FewTokens_IsExactToTheNinthDigit() => Is(0.0000475m, Plain, new Usage { Input = 7, Output = 3 });

    // At the bound the base holds: 200,000 x 1.25 = 250,000; 100 x 10 = 1,000; 251,000 / 10^6
    [Fact]
    public void Of_InputAtTheTier_HasTheBasePrice() => Is(0.251m, Tiered, new Usage { Input = 200_000, Output = 100 });

    // One more token moves all of them: 150,001 x 2.5 = 375,002.5; 50,000 x 0.25 = 12,500; 100 x 15 = 1,500; 389,002.5 / 10^6
    [Fact]
    public void Of_InputAboveTheTier_HasTheTiersPriceForAllTokens() => Is(0.3890025m, Tiered, new Usage { Input = 200_001, CachedInput = 50_000, Output = 100 });

    // Reasoning is part of the output: 100 x 10 = 1,000 plain, 400 x 4 = 1,600 reasoning; 10 x 2.5 = 25; 2,625 / 10^6
    [Fact]
    public void Of_ReasoningWithAPriceOfItsOwn_IsTakenOutOfTheOutput() =>
        Is(0.002625m, Plain with { Reasoning = 4m }, new Usage { Input = 10, Output = 500, Reasoning = 400 });

    [Fact]
    public void Of_ReasoningWithoutAPrice_CostsAsOutput() => Is(0.005m, Plain, new Usage { Output = 500, Reasoning = 400 });

    // 60 x 2.5 = 150 text, 40 x 100 = 4,000 sound; 20 x 10 = 200 text, 30 x 200 = 6,000 sound; 10,350 / 10^6
    [Fact]
    public void Of_Sound_IsTakenOutOfBothSides() => Is(
        0.01035m, Plain with { AudioInput = 100m, AudioOutput = 200m }, new Usage { Input = 100, AudioInput = 40, Output = 50, AudioOutput = 30 });

    // 0.002 + 1,000 x 2.5 / 10^6
    [Fact]
    public void Of_PricePerCall_IsAdded() => Is(0.0045m, Plain with { PerCall = 0.002m }, new Usage { Input = 1000 });

    // 1 x 0.0195 / 10^6 = 0.0000000195: half a unit goes to the even neighbour
    [Fact]
    public void Of_PartsOfAUnit_AreRoundedToTheNinthDigit() => Is(0.000000020m, Plain with { Input = 0.0195m }, new Usage { Input = 1 });

    [Fact]
    public void Of_UnknownPrice_IsUnknownAndNotZero()
    {
        Assert.Null(CallCost.Of(new Usage { Input = 10 }, null).Amount);
        Assert.Null(CallCost.Of(new Usage { Input = 10, Output = 1 }, new Price { Input = 1m }).Amount);
        Assert.Null(CallCost.Of(null, Plain).Amount);
    }

    [Fact]
    public void Of_FreeModel_IsZeroAndKnown() => Is(0m, new Price { Input = 0m, Output = 0m }, new Usage { Input = 10, Output = 1 });

    // Embeddings have no output and no price for it.
    [Fact]
    public void Of_PriceMissingForWhatWasNotUsed_IsKnown() => Is(0.00002m, new Price { Input = 0.02m }, new Usage { Input = 1000 });

    [Fact]
    public void Of_Estimates_AreMarked()
    {
        Assert.True(CallCost.Of(new Usage { Input = 1, Estimated = true }, Plain).Estimated);
        Assert.False(CallCost.Of(new Usage { Input = 1 }, Plain).Estimated);
        Assert.Equal("EUR", CallCost.Of(new Usage(), Plain with { Currency = "EUR" }).Currency);
    }

    // Prices to the thousandth per million are whole units per token: nothing is ever rounded, and parts sum to the whole to the last unit.
    [Property]
    public Property Of_PartsOfACall_SumToTheWhole() => Prop.ForAll(
        Uses().Zip(Uses()).ToArbitrary(),
        pair => CallCost.Of(pair.Item1, Written).Amount + CallCost.Of(pair.Item2, Written).Amount == CallCost.Of(Sum(pair.Item1, pair.Item2), Written).Amount);

    [Property]
    public Property Of_TheSameCallManyTimes_CostsAsManyTimes() => Prop.ForAll(
        Uses().Zip(Gen.Choose(1, 50)).ToArbitrary(),
        pair => CallCost.Of(pair.Item1, Written).Amount * pair.Item2 == CallCost.Of(Enumerable.Repeat(pair.Item1, pair.Item2).Aggregate(Sum), Written).Amount);

    [Property]
    public Property Of_AnyPrice_IsAWholeNumberOfUnits() => Prop.ForAll(
        Uses().Zip(Gen.Choose(0, 2_000_000_000)).ToArbitrary(),
        pair => CallCost.Of(pair.Item1, new Price { Input = pair.Item2 * 0.0000001m, Output = 1m }).Amount * 1_000_000_000m % 1m == 0m);

    private static Gen<Usage> Uses() =>
        from plain in Gen.Choose(0, 1_000_000)
        from cached in Gen.Choose(0, 1_000_000)
        from written in Gen.Choose(0, 1_000_000)
        from output in Gen.Choose(0, 1_000_000)
        select new Usage { Input = plain + cached + written, CachedInput = cached, CacheWrite = written, Output = output };

    private static Usage Sum(Usage a, Usage b) => new() { Input = a.Input + b.Input, CachedInput = a.CachedInput + b.CachedInput, CacheWrite = a.CacheWrite + b.CacheWrite, Output = a.Output + b.Output };

    private static void Is(decimal expected, Price price, Usage usage) => Assert.Equal(new CallCost(expected, "USD", Estimated: false), CallCost.Of(usage, price));
}
