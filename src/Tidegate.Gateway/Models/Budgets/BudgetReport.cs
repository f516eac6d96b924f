using Tidegate.Core.Ports;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>How the budgets in force stand.</summary>
internal sealed class BudgetReport(RunningServices running, TimeProvider time) : IBudgetStatus
{
    /// <inheritdoc/>
    public IReadOnlyList<BudgetStatus> Budgets
    {
        get
        {
            var now = time.GetUtcNow().UtcDateTime;
            var list = new List<BudgetStatus>();
            foreach (var budget in running.Budgets)
            {
                // One count for all is shown before its first call, too.
                if (budget.Config.Each == BudgetEach.All) budget.State.Of("", now);
                foreach (var (part, account) in budget.State.Parts.OrderBy(p => p.Key, StringComparer.Ordinal)) list.Add(Status(budget, part, account.Read(now)));
            }

            return list;
        }
    }

    /// <summary>How a count of a budget stands.</summary>
    public static BudgetStatus Status(BudgetModel budget, string part, in BudgetCount count)
    {
        var (config, used, held) = (budget.Config, count.Used, count.Reserved);
        var left = budget.Limits.Most - (used + held);
        return new BudgetStatus(
            budget.Name, Word(config.Each), part, Word(config.Window), config.Zone, new DateTimeOffset(count.Start), new DateTimeOffset(count.End),
            config.Tokens > 0 ? new BudgetTokens(config.Tokens, used.Tokens, held.Tokens, left.Tokens) : null,
            budget.Currency is { } currency ? new BudgetMoney(currency, MoneyText.Amount(budget.Limits.Most.Nanos), MoneyText.Amount(used.Nanos), MoneyText.Amount(held.Nanos), MoneyText.Amount(left.Nanos)) : null,
            count.UnknownCost, count.Refused, budget.Limits.IsSoft(used))
        { SoftLimit = config.SoftLimit };
    }

    private static string Word<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();
}
