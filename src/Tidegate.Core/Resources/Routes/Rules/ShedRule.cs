using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Routes.Rules;

/// <summary>Critical calls are shed by nobody's decision.</summary>
internal sealed class ShedRule : ResourceRule<RouteConfig>
{
    public override void Check(RouteConfig spec, ResourceScope scope)
    {
        for (var i = 0; i < spec.Shed.Count; i++)
            if (spec.Shed[i] == PriorityClass.Critical) scope.Error("never_shed", $"spec.shed[{i}]", "Critical calls are never shed: give low, normal or high.");
    }
}
