using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.OpenSlo.AlertConditions.Rules;

/// <summary>A condition of its own.</summary>
internal sealed class AlertConditionRule : ResourceRule<AlertConditionConfig>
{
    public override void Check(AlertConditionConfig spec, ResourceScope scope) => AlertConditionCheck.Check(spec, "spec", scope);
}
