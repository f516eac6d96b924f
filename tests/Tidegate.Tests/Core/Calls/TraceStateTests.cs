using Tidegate.Core.Calls;
using Xunit;

namespace Tidegate.Tests.Core.Calls;

public sealed class TraceStateTests
{
    [Theory]
    [InlineData("foo=1")]
    [InlineData("foo=1,bar=2")]
    [InlineData("foo=1 \t , \t bar=2")]
    [InlineData("foo=1,,bar=2,")]
    [InlineData("t61@vendor=1,1digit=2,a_b-c*d/e=3")]
    [InlineData("foo= leading and inner blanks")]
    public void Normalize_Valid_IsTheSameString(string header) => Assert.Same(header, TraceState.Normalize(header));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(" \t")]
    [InlineData(",")]
    [InlineData("foo")]
    [InlineData("=1")]
    [InlineData("foo=")]
    [InlineData("foo =1")]
    [InlineData("FOO=1")]
    [InlineData("foo.bar=1")]
    [InlineData("@foo=1")]
    [InlineData("foo=bar=baz")]
    [InlineData("foo=1,BAR=2")]
    [InlineData("foo=b\u00e4r")]
    [InlineData("foo=a\tb")]
    public void Normalize_Invalid_IsEmpty(string? header) => Assert.Equal("", TraceState.Normalize(header));

    [Fact]
    public void Normalize_Members_AtMost32()
    {
        Assert.NotEqual("", TraceState.Normalize(Members(32)));
        Assert.Equal("", TraceState.Normalize(Members(33)));
    }

    [Fact]
    public void Normalize_KeyAndValue_AtMost256Characters()
    {
        Assert.NotEqual("", TraceState.Normalize($"{new string('k', 256)}={new string('v', 200)}"));
        Assert.Equal("", TraceState.Normalize($"{new string('k', 257)}=v"));
        Assert.NotEqual("", TraceState.Normalize($"k={new string('v', 256)}"));
        Assert.Equal("", TraceState.Normalize($"k={new string('v', 257)}"));
    }

    [Fact]
    public void Normalize_TooLong_DropsLongMembersFirstThenTheLast()
    {
        var small = new string('s', 98);
        var header = $"a={small},big={new string('x', 200)},b={small},c={small},d={small},e={small},f={small}";

        Assert.Equal($"a={small},b={small},c={small},d={small},e={small}", TraceState.Normalize(header));
    }

    private static string Members(int count) => string.Join(',', Enumerable.Range(0, count).Select(i => $"k{i}=v"));
}
