using Tidegate.Core.Resources.OpenSlo.AlertConditions.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.AlertConditions;

internal sealed class AlertConditionKind : OpenSloKind<AlertConditionConfig>
{
    protected override IReadOnlyList<ResourceRule<AlertConditionConfig>> Rules { get; } = [new AlertConditionRule()];
}
