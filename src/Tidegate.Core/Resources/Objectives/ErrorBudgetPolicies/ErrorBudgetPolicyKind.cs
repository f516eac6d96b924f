using Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies.Rules;
using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Objectives.ErrorBudgetPolicies;

internal sealed class ErrorBudgetPolicyKind : ResourceKind<ErrorBudgetPolicyConfig>
{
    protected override IReadOnlyList<ResourceRule<ErrorBudgetPolicyConfig>> Rules { get; } = [new ErrorBudgetPolicyRule(), new BudgetActionRule()];
}
