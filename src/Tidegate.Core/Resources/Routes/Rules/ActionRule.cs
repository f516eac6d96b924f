using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Services.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>A route does exactly one thing.</summary>
internal sealed class ActionRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        int actions = (spec.Service is null ? 0 : 1) + (spec.Split.Count == 0 ? 0 : 1) + (spec.Redirect is null ? 0 : 1) + (spec.Respond is null ? 0 : 1)
            + (spec.Models is null ? 0 : 1);
        if (actions == 0) scope.Error("exactly_one", "spec", "The route does nothing: give one of service, split, redirect, respond, models.");
        else if (actions > 1) scope.Error("exactly_one", "spec", "The route does several things: keep one of service, split, redirect, respond, models.");
        if (spec.Respond is not null) StaticResponseCheck.Run(spec.Respond, "spec.respond", scope);
    }
}
