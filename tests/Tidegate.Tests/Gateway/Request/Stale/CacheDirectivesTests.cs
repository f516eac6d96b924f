using Tidegate.Gateway.Request.Stale;

namespace Tidegate.Tests.Gateway.Request.Stale;

/// <summary>What is read of headers that others write.</summary>
public sealed class CacheDirectivesTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("public, max-age=60", "public max-age=60")]
    [InlineData(" PUBLIC ,Max-Age = \"60\"", "public max-age=60")]
    [InlineData("max-age=60, max-age=30", "max-age=30")]
    [InlineData("max-age=-1", "max-age=0")]
    [InlineData("max-age=99999999999999999999", "max-age=0")]
    [InlineData("max-age=9999999999", "max-age=2147483647")]
    [InlineData("max-age", "max-age=0")]
    [InlineData("s-maxage=5,proxy-revalidate", "must-revalidate s-maxage=5")]
    [InlineData("no-cache=\"a, private, b\"", "no-cache")]
    [InlineData("x=\"no-store\", public", "public")]
    [InlineData("x=\"\\\", no-store\", public", "public")]
    [InlineData("x=\"no-store", "")]
    [InlineData("publicly, no-stores, =, ,,", "")]
    public void Read_Directives(string text, string expected)
    {
        var read = CacheDirectives.Read(text);

        var words = new[]
        {
            read.NoStore ? "no-store" : "", read.NoCache ? "no-cache" : "", read.Private ? "private" : "", read.Public ? "public" : "", read.MustRevalidate ? "must-revalidate" : "",
            read.MaxAge is { } age ? $"max-age={age}" : "", read.SharedMaxAge is { } shared ? $"s-maxage={shared}" : "",
        };
        Assert.Equal(expected, string.Join(' ', words.Where(w => w.Length > 0)));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("Accept, accept-LANGUAGE,,Accept", "accept accept-language")]
    [InlineData(" , ", "")]
    [InlineData("*", null)]
    [InlineData("Accept, *", null)]
    [InlineData("Accept Language", null)]
    [InlineData("Accept;q=1", null)]
    [InlineData("Bänd", null)]
    [InlineData("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p", "a b c d e f g h i j k l m n o p")]
    [InlineData("a,b,c,d,e,f,g,h,i,j,k,l,m,n,o,p,q", null)]
    public void Vary_Names(string text, string? expected) => Assert.Equal(expected, VaryRule.Read(text) is { } names ? string.Join(' ', names) : null);
}
