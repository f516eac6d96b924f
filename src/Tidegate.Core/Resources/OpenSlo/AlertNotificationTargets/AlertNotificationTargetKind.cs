using Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.AlertNotificationTargets;

internal sealed class AlertNotificationTargetKind : OpenSloKind<AlertNotificationTargetConfig>
{
    protected override IReadOnlyList<ResourceRule<AlertNotificationTargetConfig>> Rules { get; } = [new AlertNotificationTargetRule()];
}
