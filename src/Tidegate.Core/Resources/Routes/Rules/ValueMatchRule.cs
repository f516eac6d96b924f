using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Conditions on headers and query parameters can be evaluated, and ask one thing.</summary>
internal sealed class ValueMatchRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        ValueMatchCheck.Run(spec.Match.Headers, "spec.match.headers", header: true, scope);
        ValueMatchCheck.Run(spec.Match.Query, "spec.match.query", header: false, scope);
    }
}
