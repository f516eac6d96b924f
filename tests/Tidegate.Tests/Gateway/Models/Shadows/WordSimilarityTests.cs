using System.Globalization;
using FsCheck.Xunit;
using Tidegate.Gateway.Models.Shadows;

namespace Tidegate.Tests.Gateway.Models.Shadows;

public sealed class WordSimilarityTests
{
    [Theory]
    [InlineData("", "", "1")]
    [InlineData("...", "", "1")]
    [InlineData("a", "", "0")]
    [InlineData("the quick brown fox", "the quick red fox jumps", "0.666")] // 2 x 3 of 9
    [InlineData("Quick, the FOX!", "the fox... quick", "1")] // order, case and punctuation do not count
    [InlineData("no no no", "no", "0.5")] // 2 x 1 of 4
    [InlineData("caf\u00e9 42", "CAF\u00c9 43", "0.5")]
    [InlineData("\u4eca\u65e5\u306f", "\u4eca\u65e5\u306f\u96e8", "0.857")] // letters without case stand for themselves: 2 x 3 of 7
    [InlineData("\ud800", "x", "0")] // half a character
    public void Of_TwoTexts_IsTwiceTheCommonWordsOfAll(string one, string other, string expected)
    {
        Assert.Equal(decimal.Parse(expected, CultureInfo.InvariantCulture), WordSimilarity.Of(one, other));
        Assert.Equal(WordSimilarity.Of(other, one), WordSimilarity.Of(one, other));
    }

    [Property]
    public void Of_AnyTexts_IsBetween0And1_And1WithItself(string one, string other)
    {
        Assert.InRange(WordSimilarity.Of(one ?? "", other ?? ""), 0, 1);
        Assert.Equal(1, WordSimilarity.Of(one ?? "", one ?? ""));
    }
}
