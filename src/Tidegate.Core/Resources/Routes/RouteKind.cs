using Tidegate.Core.Resources.Routes.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes;

internal sealed class RouteKind : ResourceKind<RouteConfig>
{
    protected override IReadOnlyList<ResourceRule<RouteConfig>> Rules { get; } =
    [
        new ActionRule(),
        new SplitRule(),
        new RolloutRule(),
        new VersionRule(),
        new HostRule(),
        new PathRule(),
        new MethodRule(),
        new ValueMatchRule(),
        new RewriteRule(),
        new ValueEditRule(),
        new RedirectRule(),
        new CorsRule(),
        new IdentifyRule(),
        new JwtRule(),
        new LimitRule(),
        new ShedRule(),
        new StaleRule(),
    ];

    protected override IReadOnlyList<DocumentRule> DocumentRules { get; } = [new AmbiguousRouteRule()];
}
