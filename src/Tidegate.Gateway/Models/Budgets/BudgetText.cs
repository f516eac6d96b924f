using Tidegate.Core.Resources.Budgets;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>Budgets in words.</summary>
internal static class BudgetText
{
    /// <summary>How much of the limits is used, and held.</summary>
    public static string Used(BudgetModel budget, in BudgetCount count)
    {
        var tokens = budget.Config.Tokens > 0 ? $"{count.Used.Tokens} of {budget.Config.Tokens} tokens are used, {count.Reserved.Tokens} held for calls under way" : "";
        var cost = budget.Currency is { } currency
            ? $"{MoneyText.Format(count.Used.Nanos, currency)} of {MoneyText.Format(budget.Limits.Most.Nanos, currency)} are used, {MoneyText.Format(count.Reserved.Nanos, currency)} held for calls under way" : "";
        return tokens.Length > 0 && cost.Length > 0 ? $"{tokens}; {cost}" : tokens + cost;
    }

    /// <summary>Why a budget has no room for a call, for its caller: what is left, what the call may need, when it starts over.</summary>
    public static string NoRoom(BudgetModel budget, BudgetAmount wanted, in BudgetCount count)
    {
        var left = budget.Limits.Most - (count.Used + count.Reserved);
        var tokens = wanted.Tokens > left.Tokens ? $"{left.Tokens} of {budget.Config.Tokens} tokens are left, and this call may need {wanted.Tokens}" : "";
        var cost = budget.Currency is { } currency && wanted.Nanos > left.Nanos
            ? $"{MoneyText.Format(left.Nanos, currency)} of {MoneyText.Format(budget.Limits.Most.Nanos, currency)} are left, and this call may cost {MoneyText.Format(wanted.Nanos, currency)}" : "";
        var hint = wanted.Tokens > budget.Limits.Most.Tokens || wanted.Nanos > budget.Limits.Most.Nanos ? " That is more than the whole budget: ask for fewer output tokens." : "";
        return $"The budget '{budget.Name}' has no room for this call: {tokens}{(tokens.Length > 0 && cost.Length > 0 ? "; " : "")}{cost}. It starts over at {count.End:yyyy-MM-dd'T'HH:mm:ss'Z'}.{hint}";
    }
}
