using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>The version label is fit for metrics and the call log.</summary>
internal sealed class VersionRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        if (spec.Version is { } version && !LabelWord.IsLegal(version)) scope.Error("bad_name", "spec.version", LabelWord.Problem(version));
    }
}
