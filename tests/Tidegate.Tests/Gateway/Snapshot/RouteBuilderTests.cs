using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Request.Match;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Snapshot;

public sealed class RouteBuilderTests
{
    [Fact]
    public async Task Build_RoutesThatSayTheSame_ShareItAndCountForThemselves()
    {
        await using var gateway = await TestGateway.StartAsync(Config.Document(
            Config.Service("svc", new Uri("http://127.0.0.1:9")),
            Config.Route("a", "svc", Limited), Config.Route("b", "svc", Limited),
            Config.Route("c", "svc", r => Limited(r) with { Identify = new IdentifyConfig { Scopes = ["orders"] }, Limits = [Limit with { Calls = 6 }], Rewrite = new RewriteConfig { AddPrefix = "/x" } })));
        var (a, b, c) = (Of("a"), Of("b"), Of("c"));

        Assert.Same(a.Identify, b.Identify);
        Assert.Same(a.Limits.Rates[0].Rule, b.Limits.Rates[0].Rule);
        Assert.NotSame(a.Limits.Rates[0], b.Limits.Rates[0]);
        Assert.Same(RewriteModel.None, a.Rewrite);
        Assert.Same(RewriteModel.None, b.Rewrite);

        Assert.NotSame(a.Identify, c.Identify);
        Assert.Equal(["orders"], c.Identify.Scopes);
        Assert.Equal((5, 6), (a.Limits.Rates[0].Rule.Config.Calls, c.Limits.Rates[0].Rule.Config.Calls));
        Assert.NotSame(RewriteModel.None, c.Rewrite);

        RouteModel Of(string name) => gateway.Get<SnapshotHolder>().Current!.Routes.Routes.Single(r => r.Name == name);
    }

    private static LimitConfig Limit => new() { Name = "per-consumer", Calls = 5, Per = TimeSpan.FromMinutes(1) };

    private static RouteConfig Limited(RouteConfig route) => route with { Identify = new IdentifyConfig(), Limits = [Limit] };
}
