using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Limits know what they count.</summary>
internal sealed class LimitRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        LimitCheck.Run(spec.Limits, "spec.limits", scope);
        LimitCheck.Run(spec.Concurrency, "spec.concurrency", scope);
    }
}
