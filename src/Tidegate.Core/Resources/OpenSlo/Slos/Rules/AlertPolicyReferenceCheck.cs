using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.OpenSlo.AlertPolicies.Rules;
using Tidegate.Core.Resources.Rules;
using Tidegate.Core.Resources.Shapes;

namespace Tidegate.Core.Resources.OpenSlo.Slos.Rules;

/// <summary>Alert policies are named or written here, and the names are of something.</summary>
internal static class AlertPolicyReferenceCheck
{
    public static void Check(IReadOnlyList<SloAlertPolicyConfig> policies, ResourceScope scope)
    {
        for (int i = 0; i < policies.Count; i++)
        {
            var (policy, path) = (policies[i], $"spec.alertPolicies[{i}]");
            if (policy.AlertPolicyRef is null == policy.Spec is null)
            {
                scope.Error("exactly_one", path, "A policy is named or written here: give alertPolicyRef, or kind, metadata and spec.");
                continue;
            }

            if (policy.Spec is { } written)
            {
                InlineCheck.Check(policy.Kind, policy.Metadata, "AlertPolicy", path, scope);
                AlertPolicyCheck.Check(written, $"{path}.spec", scope);
            }
            else if (scope.DocumentIsComplete)
            {
                Name(policy.AlertPolicyRef!, $"{path}.alertPolicyRef", scope);
            }
        }
    }

    private static void Name(string name, string path, ResourceScope scope)
    {
        bool isPolicy = scope.Document.Find($"AlertPolicy/{name}") is not null;
        bool isSet = BuiltInAlertSets.All.ContainsKey(name) || scope.Document.Find($"AlertSet/{name}") is not null;
        if (isPolicy && isSet) scope.Error("ambiguous_reference", path, $"{name} is the name of an AlertPolicy and of an AlertSet: rename one of them.");
        if (isPolicy || isSet) return;
        var known = scope.Document.Resources.Where(r => r.Kind is "AlertPolicy" or "AlertSet").Select(r => r.Metadata.Name).Concat(BuiltInAlertSets.All.Keys).ToList();
        scope.Error("unknown_reference", path, $"There is no AlertPolicy or AlertSet \"{Reading.Echo.Of(name)}\".{Suggestion.For(name, known)} Built-in sets: {string.Join(", ", BuiltInAlertSets.All.Keys)}.");
    }
}
