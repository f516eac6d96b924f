using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Services.Rules;

/// <summary>Dependencies are of others, each named once.</summary>
internal sealed class DependencyRule : ResourceRule<ServiceConfig>
{
    public override void Check(ServiceConfig spec, ResourceScope scope)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (int i = 0; i < spec.Dependencies.Count; i++)
        {
            var name = spec.Dependencies[i].Service;
            if (name == scope.Name) scope.Error("self_reference", $"spec.dependencies[{i}].service", "A service does not depend on itself: remove the line.");
            else if (!seen.Add(name)) scope.Error("duplicate_name", $"spec.dependencies[{i}].service", $"{name} is named twice: remove one.");
        }
    }
}
