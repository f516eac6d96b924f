using Tidegate.Core.Resources.Routes;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Routes;

public sealed class PathPatternTests
{
    [Fact]
    public void TryParse_ParametersAnywhere_GivesParts()
    {
        Assert.True(PathPattern.TryParse("/v2/{id}.json/{**rest}", out var pattern, out _));
        Assert.Equal([new(false, "/v2/"), new(true, "id"), new(false, ".json/"), new(true, "rest")], pattern.Parts);
        Assert.Equal(["id", "rest"], pattern.Parameters);
    }

    [Theory]
    [InlineData("v2", "begin with a slash")]
    [InlineData("/{id", "not closed")]
    [InlineData("/id}", "without an opening")]
    [InlineData("/{a b}", "not the name")]
    [InlineData("/a?b", "match.query")]
    public void TryParse_IllegalText_SaysWhatIsWrong(string text, string part)
    {
        Assert.False(PathPattern.TryParse(text, out _, out var error));
        Assert.Contains(part, error, StringComparison.Ordinal);
    }
}
