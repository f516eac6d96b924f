using System.Globalization;
using Tidegate.Cli;
using Tidegate.Core.Ports;

namespace Tidegate.Verbs;

/// <summary><c>tidegate budgets</c>.</summary>
internal sealed class BudgetsVerb() : AdminVerb("budgets", "Show what is used, held and left of the budgets of models on a node.")
{
    public override async Task<int> RunAsync(VerbContext context)
    {
        var budgets = await context.Admin.ItemsAsync<BudgetStatus>("budgets", context.Cancel).ToListAsync(context.Cancel);
        context.ShowList(
            budgets,
            "There are no budgets in the configuration.",
            new Column<BudgetStatus>("BUDGET", b => b.Budget),
            new Column<BudgetStatus>("OF", b => b.Each == "all" ? "all" : b.Part.Length > 0 ? $"{b.Each} {b.Part}" : $"no {b.Each}"),
            new Column<BudgetStatus>("PER", b => b.Window) { Spare = 3 },
            new Column<BudgetStatus>("TOKENS USED", b => b.Tokens is { } t ? $"{t.Used} of {t.Limit}" : "") { Right = true, Style = Style },
            new Column<BudgetStatus>("COST USED", b => b.Cost is { } c ? $"{Text(c.Used)} of {Text(c.Limit)} {c.Currency}" : "") { Right = true, Style = Style },
            new Column<BudgetStatus>("RESERVED", b => Both(b, t => t.Reserved, m => m.Reserved)) { Right = true, Spare = 1 },
            new Column<BudgetStatus>("LEFT", b => Both(b, t => t.Left, m => m.Left)) { Right = true, Spare = 5 },
            new Column<BudgetStatus>("REFUSED", b => b.Refused.ToString()) { Right = true, Spare = 4 },
            new Column<BudgetStatus>("UNPRICED", b => b.Cost is null ? "" : b.UnknownCost.ToString()) { Right = true, Spare = 2 },
            new Column<BudgetStatus>("RESETS", b => b.ResetsAt.ToString("yyyy-MM-dd HH:mm'Z'")));
        return ExitCode.Ok;
    }

    private static string Both(BudgetStatus budget, Func<BudgetTokens, long> tokens, Func<BudgetMoney, decimal> money)
    {
        var counted = budget.Tokens is { } some ? $"{tokens(some)}" : "";
        var cost = budget.Cost is { } spent ? $"{Text(money(spent))} {spent.Currency}" : "";
        return counted.Length > 0 && cost.Length > 0 ? $"{counted}, {cost}" : counted + cost;
    }

    private static string Text(decimal amount) => amount.ToString("0.00#######", CultureInfo.InvariantCulture);

    private static string? Style(BudgetStatus budget) => budget.Refused > 0 ? "red" : budget.SoftReached ? "yellow" : null;
}
