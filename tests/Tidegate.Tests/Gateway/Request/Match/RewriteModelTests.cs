using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Match;

namespace Tidegate.Tests.Gateway.Request.Match;

public sealed class RewriteModelTests
{
    [Theory]
    [InlineData("/orders/{id}", "/v2/{id}", "/orders/7?x=1", "/v2/7?x=1")]
    [InlineData("/orders/{id}", "/v2/{id}", "/orders/a%2Fb", "/v2/a%2Fb")]
    [InlineData("/a/{x}/{y}", "/{y}-{x}.json", "/a/1/2", "/2-1.json")]
    [InlineData("/files/{**rest}", "/store/{rest}", "/files/a//b/", "/store/a//b/")]
    [InlineData("/files/{**rest}", "/store/{rest}", "/files", "/store")]
    [InlineData("/files/{**rest}", "/store/{rest}", "/files/", "/store/")]
    [InlineData("/files/{**rest}", "/{rest}", "/files", "/")]
    [InlineData("/x", "/ü", "/x", "/%C3%BC")]
    public void Target_PathPattern_IsFilledIn(string template, string pattern, string target, string expected) =>
        Assert.Equal(expected, Target(new RewriteConfig { Path = pattern }, template, target));

    [Theory]
    [InlineData("/api", null, "/api/orders?x", "/orders?x")]
    [InlineData("/api/", null, "/api/orders", "/orders")]
    [InlineData("/api", null, "/api", "/")]
    [InlineData("/api", null, "/api/", "/")]
    [InlineData("/api", null, "/apix/orders", "/apix/orders")]
    [InlineData("/api", null, "/%61pi/orders", "/orders")]
    [InlineData("/api/v1", "/internal", "/api/v1/orders", "/internal/orders")]
    [InlineData("/api", "/internal", "/api", "/internal")]
    [InlineData(null, "/internal/", "/orders", "/internal/orders")]
    [InlineData(null, "internal", "/", "/internal/")]
    public void Target_Prefixes_AreTakenOffThenPutOn(string? strip, string? add, string target, string expected) =>
        Assert.Equal(expected, Target(new RewriteConfig { StripPrefix = strip, AddPrefix = add }, "/{**path}", target));

    [Theory]
    [InlineData("/x?a=1&b=2&a=3", "/x?b=2&s=%26%3D&n=1")]
    [InlineData("/x", "/x?s=%26%3D&n=1")]
    [InlineData("/x?s=old&%61=9&keep=%2f+", "/x?keep=%2f+&s=%26%3D&n=1")]
    [InlineData("/x?n=0", "/x?n=0&s=%26%3D&n=1")]
    public void Target_Query_RemovedThenSetThenAdded(string target, string expected) => Assert.Equal(expected, Target(
        new RewriteConfig { Query = new ValueEditConfig { Remove = ["a"], Set = Pairs("s", "&="), Add = Pairs("n", "1") } }, "/{**path}", target));

    [Theory]
    [InlineData("/x?key=secret", "/x")]
    [InlineData("/x?a=1&k%65y=secret&b", "/x?a=1&b")]
    public void Target_CredentialInTheQuery_IsTakenOut(string target, string expected) =>
        Assert.Equal(expected, Target(new RewriteConfig(), "/{**path}", target, "key"));

    [Fact]
    public void Target_NothingChanges_IsTheCallersOwnString()
    {
        var text = "/a/%62?c=%64";
        Assert.Same(text, RewriteModel.None.Target(RequestTarget.Of(text), new PathParameters(), null));
    }

    [Theory]
    [InlineData("http://a.example/x?y", "/x?y", 2)]
    [InlineData("http://a.example", "/", 1)]
    [InlineData("http://a.example?y", "/?y", 1)]
    [InlineData("/x?u=http://b/", "/x?u=http://b/", 2)]
    [InlineData("*", "*", 1)]
    public void RequestTarget_AnyForm_BecomesOriginForm(string raw, string expected, int path)
    {
        var target = RequestTarget.Of(raw);
        Assert.Equal((expected, path), (target.Text, target.PathLength));
    }

    private static string Target(RewriteConfig config, string template, string text, string? secret = null)
    {
        var finder = Finder.ForPaths(template);
        var target = RequestTarget.Of(text);
        Assert.Equal(template, finder.Find(target.Path.ToString()));
        string? problem = null;
        var path = config.Path is null ? null : PathRewrite.Compile(config.Path, [.. PathTemplate.Parse(template).Parameters], out problem);
        Assert.Null(problem);
        return new RewriteModel(config, path, HeaderEdit.None, HeaderEdit.None).Target(target, finder.Parameters, secret);
    }

    private static Dictionary<string, string> Pairs(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
}
