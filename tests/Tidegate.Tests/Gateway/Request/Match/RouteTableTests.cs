using Tidegate.Core.Resources.Routes;

namespace Tidegate.Tests.Gateway.Request.Match;

public sealed class RouteTableTests
{
    [Theory]
    [InlineData("/orders/7", "/orders/{id}")]
    [InlineData("/orders/new", "/orders/new")]
    [InlineData("/orders/7/items", "/orders/{id}/items")]
    [InlineData("/orders", "/{**path}")]
    [InlineData("/orders/", "/{**path}")] // a parameter is never empty
    [InlineData("/Orders/7", "/{**path}")] // case-sensitive
    [InlineData("/orders/7/", "/{**path}")] // a trailing slash is a segment
    [InlineData("/files/a/b/c", "/files/{**rest}")]
    [InlineData("/files/", "/files/{**rest}")]
    [InlineData("/files", "/files/{**rest}")]
    [InlineData("/filesystem", "/{**path}")]
    [InlineData("/", "/")]
    public void Find_ByPath_MostSpecificTemplateWins(string path, string expected)
    {
        var finder = Finder.ForPaths("/{**path}", "/", "/orders/{id}", "/orders/new", "/orders/{id}/items", "/files/{**rest}");
        Assert.Equal(expected, finder.Find(path));
    }

    [Fact]
    public void Find_LiteralBranchLeadsNowhere_GoesBackToTheParameter()
    {
        var finder = Finder.ForPaths("/a/b/x", "/{one}/{two}/y", "/{one}/b/{three}");
        Assert.Equal("/{one}/{two}/y", finder.Find("/a/c/y"));
        Assert.Equal(["a", "c"], finder.Values("/a/c/y"));
        Assert.Equal("/{one}/b/{three}", finder.Find("/a/b/y"));
        Assert.Equal(["a", "y"], finder.Values("/a/b/y"));
        Assert.Null(finder.Find("/a/c/z"));
        Assert.Equal(0, finder.Parameters.Count);
    }

    [Fact]
    public void Find_ManyLiterals_AreLookedUpByHash()
    {
        var finder = Finder.ForPaths([.. Enumerable.Range(0, 100).Select(i => $"/p{i}/{{id}}")]);
        Assert.Equal("/p42/{id}", finder.Find("/p42/x"));
        Assert.Equal("/p42/{id}", finder.Find("/%7042/x"));
        Assert.Null(finder.Find("/p100/x"));
    }

    [Theory]
    [InlineData("/caf%C3%A9", "/café")]
    [InlineData("/%6Frders", "/orders")]
    [InlineData("/orders%2Fnew", null)] // an encoded slash separates nothing
    [InlineData("/caf%E9", null)] // not UTF-8
    public void Find_PercentEncodedSegments_MatchTheTextTheyStandFor(string path, string? expected) =>
        Assert.Equal(expected, Finder.ForPaths("/café", "/orders", "/orders/new").Find(path));

    [Fact]
    public void Find_EncodedParameter_KeepsTheCallersBytes()
    {
        var finder = Finder.ForPaths("/x/{id}");
        Assert.Equal("/x/{id}", finder.Find("/x/a%2Fb%0D%0A"));
        Assert.Equal(["a%2Fb%0D%0A"], finder.Values("/x/a%2Fb%0D%0A"));
    }

    [Theory]
    [InlineData("shop.example", "exact")]
    [InlineData("SHOP.example:8080", "exact")]
    [InlineData("shop.example.", "exact")]
    [InlineData("a.shop.example", "wide")]
    [InlineData("b.a.shop.example", "wide")]
    [InlineData("eu.shop.example", "narrow-exact")]
    [InlineData("x.eu.shop.example", "narrow")]
    [InlineData("evilshop.example", "any")]
    [InlineData("other", "any")]
    [InlineData("[::1]:80", "v6")]
    [InlineData("xn--caf-dma.example", "idn")]
    public void Find_ByHost_ExactThenLongestSuffixThenAny(string host, string expected)
    {
        var finder = new Finder(
            ("any", new MatchConfig()), ("exact", new MatchConfig { Hosts = ["shop.example"] }), ("wide", new MatchConfig { Hosts = ["*.shop.example"] }),
            ("narrow", new MatchConfig { Hosts = ["*.eu.shop.example"] }), ("narrow-exact", new MatchConfig { Hosts = ["eu.shop.example"] }),
            ("v6", new MatchConfig { Hosts = ["[::1]"] }), ("idn", new MatchConfig { Hosts = ["café.example"] }));
        Assert.Equal(expected, finder.Find("/x", host));
    }

    [Fact]
    public void Find_ExactHostHasNoSuchPath_FallsBackToAnyHost()
    {
        var finder = new Finder(("any", new MatchConfig()), ("exact", new MatchConfig { Hosts = ["a.example"], Path = "/only" }));
        Assert.Equal("exact", finder.Find("/only"));
        Assert.Equal("any", finder.Find("/other"));
    }

    [Fact]
    public void Find_SameTemplate_MoreConditionsThenOrderThenName()
    {
        var finder = new Finder(
            ("plain", new MatchConfig { Path = "/x" }),
            ("two", new MatchConfig { Path = "/x", Headers = [new ValueMatchConfig { Name = "v", OneOf = ["2"] }], Query = [new ValueMatchConfig { Name = "beta" }] }),
            ("one", new MatchConfig { Path = "/x", Headers = [new ValueMatchConfig { Name = "V", OneOf = ["2", "3"] }] }));
        Assert.Equal("plain", finder.Find("/x"));
        Assert.Equal("one", finder.Find("/x", headers: ("v", "2")));
        Assert.Equal("two", finder.Find("/x", query: "?a=1&beta", headers: ("v", "2")));
        Assert.Equal("one", finder.Find("/x", query: "?Beta=1", headers: ("v", "2"))); // parameter names are case-sensitive
    }

    [Theory]
    [InlineData("prefix", "abc", true)]
    [InlineData("prefix", "xabc", false)]
    [InlineData("contains", "xabcx", true)]
    [InlineData("contains", "xbcx", false)]
    [InlineData("regex", "v12", true)]
    [InlineData("regex", "12", false)]
    [InlineData("not", "other", true)]
    [InlineData("not", "abc", false)]
    public void Find_HeaderCondition_Holds(string kind, string value, bool expected)
    {
        var condition = kind switch
        {
            "prefix" => new ValueMatchConfig { Name = "x-v", Prefix = "ab" },
            "contains" => new ValueMatchConfig { Name = "x-v", Contains = "abc" },
            "regex" => new ValueMatchConfig { Name = "x-v", Regex = "^v[0-9]+$" },
            _ => new ValueMatchConfig { Name = "x-v", OneOf = ["abc"], Not = true },
        };
        var finder = new Finder(("r", new MatchConfig { Headers = [condition] }));
        Assert.Equal(expected ? "r" : null, finder.Find("/", headers: ("X-V", value)));
        Assert.Equal(kind == "not" ? "r" : null, finder.Find("/"));
    }

    [Fact]
    public void Find_QueryCondition_IsDecoded()
    {
        var finder = new Finder(("r", new MatchConfig { Query = [new ValueMatchConfig { Name = "näme", OneOf = ["a b"] }] }));
        Assert.Equal("r", finder.Find("/", query: "?n%C3%A4me=a+b"));
        Assert.Equal("r", finder.Find("/", query: "?x=1&n%C3%A4me=z&n%C3%A4me=a%20b"));
        Assert.Null(finder.Find("/", query: "?n%C3%A4me=ab"));
    }

    [Fact]
    public void Find_WrongMethod_IsToldApartFromNoRoute()
    {
        var finder = new Finder(
            ("read", new MatchConfig { Path = "/x/{id}", Methods = ["GET"] }), ("write", new MatchConfig { Path = "/x/{id}", Methods = ["PUT", "DELETE"] }),
            ("post", new MatchConfig { Path = "/{**p}", Methods = ["POST"] }));
        Assert.Equal("read", finder.Find("/x/1"));
        Assert.Equal("read", finder.Find("/x/1", method: "HEAD"));
        Assert.Equal("write", finder.Find("/x/1", method: "PUT"));
        Assert.Equal("post", finder.Find("/x/1", method: "POST")); // the less specific route takes what the more specific does not
        Assert.Null(finder.Find("/x/1", method: "PATCH"));
        Assert.True(finder.MethodMissed);
        Assert.Equal("DELETE, GET, HEAD, POST, PUT", finder.Allowed("/x/1"));
        Assert.Null(finder.Find("/x/1", method: "get")); // methods are case-sensitive
    }

    [Fact]
    public void Find_AmongTenThousandRoutes_AllocatesNothing()
    {
        var finder = Finder.ForPaths([.. Enumerable.Range(0, 10_000).Select(i => $"/team{i % 100}/service{i}/{{id}}/items")]);
        var request = "/team42/service4242/abc/items";
        Assert.Equal("/team42/service4242/{id}/items", finder.Find(request));
        var context = new Microsoft.AspNetCore.Http.DefaultHttpContext().Request;
        finder.FindIn(context, request);
        // The runtime may recompile in the middle of a batch, which allocates on our thread: what counts is what the code itself does.
        var least = long.MaxValue;
        for (var batch = 0; batch < 5 && least > 0; batch++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 1000; i++) finder.FindIn(context, request);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.Equal(0, least);
    }
}
