using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>The affinity cookie has a legal name.</summary>
internal sealed class StickyRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        if (!HttpSyntax.IsToken(spec.Balancing.Sticky.Cookie))
            scope.Error("bad_name", "spec.balancing.sticky.cookie", $"\"{spec.Balancing.Sticky.Cookie}\" is no legal name of a cookie.");
    }
}
