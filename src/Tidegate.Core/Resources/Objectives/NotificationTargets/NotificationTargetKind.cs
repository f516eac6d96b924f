using Tidegate.Core.Resources.Objectives.NotificationTargets.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.NotificationTargets;

internal sealed class NotificationTargetKind : ResourceKind<NotificationTargetConfig>
{
    protected override IReadOnlyList<ResourceRule<NotificationTargetConfig>> Rules { get; } = [new NotificationTargetRule()];
}
