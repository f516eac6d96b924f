using Tidegate.Core.Resources.Routes;
using Xunit;

namespace Tidegate.Tests.Core.Resources.Routes;

public sealed class PathTemplateTests
{
    [Fact]
    public void TryParse_LiteralParameterAndCatchAll_GivesSegments()
    {
        Assert.True(PathTemplate.TryParse("/files/{id}/{**rest}", out var template, out _));
        Assert.Equal(
            [new(PathSegmentKind.Literal, "files"), new(PathSegmentKind.Parameter, "id"), new(PathSegmentKind.CatchAll, "rest")],
            template.Segments);
        Assert.Equal(["id", "rest"], template.Parameters);
    }

    [Theory]
    [InlineData("/", 1)]
    [InlineData("/a/", 2)]
    [InlineData("/a//b", 3)]
    [InlineData("/{**path}", 1)]
    [InlineData("/a-b.c~d%20e/:action", 2)]
    public void TryParse_LegalText_GivesOneSegmentPerSlash(string text, int segments) => Assert.Equal(segments, PathTemplate.Parse(text).Segments.Count);

    [Theory]
    [InlineData("", "begin with a slash")]
    [InlineData("orders", "begin with a slash")]
    [InlineData("/{id:int}", "constraints")]
    [InlineData("/{id?}", "constraints")]
    [InlineData("/{}", "name")]
    [InlineData("/{1a}", "name")]
    [InlineData("/v{id}", "whole segment")]
    [InlineData("/{a}{b}", "whole segment")]
    [InlineData("/{a", "whole segment")]
    [InlineData("/{**a}/b", "last segment")]
    [InlineData("/{a}/{a}", "twice")]
    [InlineData("/a*", "{**rest}")]
    [InlineData("/a?b=c", "match.query")]
    [InlineData("/a b", "blanks")]
    [InlineData("/a/../b", "never matches")]
    public void TryParse_IllegalText_SaysWhatIsWrong(string text, string part)
    {
        Assert.False(PathTemplate.TryParse(text, out _, out var error));
        Assert.Contains(part, error, StringComparison.Ordinal);
    }

    [Fact]
    public void Shape_OtherParameterNames_IsTheSame()
    {
        Assert.Equal(PathTemplate.Parse("/a/{x}/{**y}").Shape, PathTemplate.Parse("/a/{id}/{**rest}").Shape);
        Assert.NotEqual(PathTemplate.Parse("/a/{x}").Shape, PathTemplate.Parse("/a/{**x}").Shape);
        Assert.NotEqual(PathTemplate.Parse("/a").Shape, PathTemplate.Parse("/a/").Shape);
    }
}
