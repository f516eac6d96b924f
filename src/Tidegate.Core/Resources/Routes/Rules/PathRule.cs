using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Path templates can be parsed.</summary>
internal sealed class PathRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        if (!PathTemplate.TryParse(spec.Match.Path, out _, out var error)) scope.Error("bad_path", "spec.match.path", error);
    }
}
