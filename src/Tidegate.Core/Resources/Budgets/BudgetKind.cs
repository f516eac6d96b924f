using Tidegate.Core.Resources.Budgets.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Budgets;

internal sealed class BudgetKind : ResourceKind<BudgetConfig>
{
    protected override IReadOnlyList<ResourceRule<BudgetConfig>> Rules { get; } =
    [
        new BudgetLimitRule(),
        new BudgetZoneRule(),
        new BudgetScopeRule(),
    ];
}
