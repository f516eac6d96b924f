using Tidegate.Core.Resources.OpenSlo.AlertConditions.Rules;
using Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.AlertPolicies.Rules;

/// <summary>A policy has one condition, tells somebody, and says something. For policies of their own and those written in an SLO.</summary>
internal static class AlertPolicyCheck
{
    public static void Check(AlertPolicyConfig spec, string path, ResourceScope scope)
    {
        if (spec.Conditions.Count > 1) scope.Error("exactly_one", $"{path}.conditions", $"There are {spec.Conditions.Count} conditions: OpenSLO has exactly one. Write a policy for each.");
        for (int i = 0; i < spec.Conditions.Count; i++) Condition(spec.Conditions[i], $"{path}.conditions[{i}]", scope);
        for (int i = 0; i < spec.NotificationTargets.Count; i++) Target(spec.NotificationTargets[i], $"{path}.notificationTargets[{i}]", scope);
        if (spec is { AlertWhenBreaching: false, AlertWhenNoData: false, AlertWhenResolved: false })
            scope.Warning("silent_policy", path, "The policy never alerts: set alertWhenBreaching to true.");
    }

    private static void Condition(AlertPolicyConditionConfig condition, string path, ResourceScope scope)
    {
        if (condition.ConditionRef is null == condition.Spec is null)
        {
            scope.Error("exactly_one", path, "A condition is named or written here: give conditionRef, or kind, metadata and spec.");
        }
        else if (condition.Spec is { } written)
        {
            InlineCheck.Check(condition.Kind, condition.Metadata, "AlertCondition", path, scope);
            AlertConditionCheck.Check(written, $"{path}.spec", scope);
        }
    }

    private static void Target(AlertPolicyTargetConfig target, string path, ResourceScope scope)
    {
        if (target.TargetRef is null == target.Spec is null)
        {
            scope.Error("exactly_one", path, "A target is named or written here: give targetRef, or kind, metadata and spec.");
        }
        else if (target.Spec is not null)
        {
            InlineCheck.Check(target.Kind, target.Metadata, "AlertNotificationTarget", path, scope);
            if (target.Metadata is { } metadata) NotificationSettingsCheck.Check(metadata.Name, $"{path}.metadata.name", scope);
        }
    }
}
