using Tidegate.Core.Resources.Objectives.AlertSets.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.AlertSets;

internal sealed class AlertSetKind : ResourceKind<AlertSetConfig>
{
    protected override IReadOnlyList<ResourceRule<AlertSetConfig>> Rules { get; } = [new AlertSetRule()];
}
