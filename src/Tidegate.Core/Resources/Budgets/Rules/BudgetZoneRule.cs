using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Budgets.Rules;

/// <summary>The time zone is known.</summary>
internal sealed class BudgetZoneRule : ResourceRule<BudgetConfig>
{
    public override void Check(BudgetConfig spec, ResourceScope scope)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(spec.Zone, out _))
            scope.Error("unknown_zone", "spec.zone", $"\"{spec.Zone}\" is no time zone known here. Give an IANA name such as Europe/Berlin; UTC is always known.");
    }
}
