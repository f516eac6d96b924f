using Tidegate.Core.Resources.Rules;

namespace Tidegate.Core.Resources.Budgets.Rules;

/// <summary>A budget limits something, and what it says of money belongs to a limit of money.</summary>
internal sealed class BudgetLimitRule : ResourceRule<BudgetConfig>
{
    public override void Check(BudgetConfig spec, ResourceScope scope)
    {
        if (spec is { Tokens: 0, Cost: null }) scope.Error("at_least_one", "spec", "The budget limits nothing: give tokens, cost or both.");
        if (spec.Cost is { Length: > 0 } cost && MoneyText.Parse(cost).Nanos == 0) scope.Error("no_amount", "spec.cost", "A cost of 0 would refuse every call: give an amount above 0.");
        if (spec is { Cost: null, UnknownPrice: UnknownPrice.Refuse }) scope.Warning("unused_key", "spec.unknownPrice", "unknownPrice says something only beside cost: a budget of tokens counts calls of any price.");
    }
}
