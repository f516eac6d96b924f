using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets.Rules;

/// <summary>A target has settings.</summary>
internal sealed class AlertNotificationTargetRule : ResourceRule<AlertNotificationTargetConfig>
{
    public override void Check(AlertNotificationTargetConfig spec, ResourceScope scope)
    {
        TextCheck.NotEmpty(spec.Target, "spec.target", scope);
        NotificationSettingsCheck.Check(scope.Name, "metadata.name", scope);
    }
}
