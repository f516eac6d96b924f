using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>A fallback is one thing: another service, or an answer.</summary>
internal sealed class FallbackRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        if (spec.Resilience.Fallback is not { } fallback) return;
        if ((fallback.Service is null) == (fallback.Response is null))
            scope.Error("exactly_one", "spec.resilience.fallback", "Give exactly one of service and response.");
        if (fallback.Response is not null) StaticResponseCheck.Run(fallback.Response, "spec.resilience.fallback.response", scope);
    }
}
