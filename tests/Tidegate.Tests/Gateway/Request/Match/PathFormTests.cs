using Tidegate.Gateway.Request.Match;

namespace Tidegate.Tests.Gateway.Request.Match;

public sealed class PathFormTests
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("/orders/7.json", true)]
    [InlineData("/a/b/", true)]
    [InlineData("/a//b", false)]
    [InlineData("/a/.hidden", false)]
    [InlineData("/a/%41", false)]
    [InlineData("/a;v=1", false)]
    [InlineData("/a\\b", false)]
    public void IsPlain_OnlyWithoutAnythingServersReadDifferently(string path, bool plain) => Assert.Equal(plain, PathForm.IsPlain(path));

    [Theory]
    [InlineData("/a//b", "/a/b")]
    [InlineData("//a", "/a")]
    [InlineData("/a%2Fb", "/a/b")]
    [InlineData("/a%2f%2Fb", "/a/b")]
    [InlineData("/a\\b%5Cc", "/a/b/c")]
    [InlineData("/a;x=1/b;y/c", "/a/b/c")]
    [InlineData("/a%3Bx/b", "/a/b")]
    [InlineData("/caf%C3%A9", "/caf%C3%A9")]
    [InlineData("/.well-known/x", "/.well-known/x")]
    [InlineData("/a/..b/...", "/a/..b/...")]
    [InlineData("/a%252e", "/a%252e")]
    public void Reduce_GivesThePlainestReading(string path, string expected)
    {
        Assert.Equal(expected, PathForm.Reduce(path, out var problem));
        Assert.Null(problem);
    }

    [Theory]
    [InlineData("/a/../b")]
    [InlineData("/a/.")]
    [InlineData("/..")]
    [InlineData("/a/%2e%2E/b")]
    [InlineData("/a/.%2e/b")]
    [InlineData("/a%2F..%2Fb")]
    [InlineData("/a\\..\\b")]
    [InlineData("/a/..;x=1/b")]
    [InlineData("/a/..;")]
    [InlineData("/a/..%3B/b")]
    [InlineData("/a%00b")]
    [InlineData("/a%zz")]
    [InlineData("/a%4")]
    [InlineData("/a%")]
    public void Reduce_DotSegmentsAndBrokenEncoding_AreRefused(string path)
    {
        Assert.Null(PathForm.Reduce(path, out var problem));
        Assert.NotNull(problem);
    }
}
