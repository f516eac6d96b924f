using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Budgets.Rules;

/// <summary>The time zone is known.</summary>
internal sealed class BudgetZoneRule : ResourceRule<BudgetConfig>
{
    public override void Check(BudgetConfig spec, ResourceScope scope)
    {
        ZoneCheck.Check(spec.Zone, "spec.zone", scope);
    }
}
