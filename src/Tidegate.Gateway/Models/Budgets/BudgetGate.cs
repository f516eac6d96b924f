using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Gateway.Models.Costs;
using Tidegate.Gateway.Models.Targets;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>Lets calls pass that their budgets have room for (semantics 2.10): reserved before anything is sent, settled with what was used, released when nothing was.</summary>
internal sealed class BudgetGate(BudgetEvents events, TimeProvider time)
{
    // Seconds that the SDKs wait at most.
    private const int MostPatience = 60;

    /// <summary>Holds of the budgets what a call at an alias may use. Null when one has no room; then <paramref name="refusal"/> says which.</summary>
    public BudgetHold? Enter(GatewayCall call, ModelCall model, AliasModel alias, out Refusal? refusal)
    {
        refusal = null;
        var budgets = call.Snapshot.Models.Budgets.All;
        if (budgets.Length == 0) return BudgetHold.None;
        var now = time.GetUtcNow().UtcDateTime;
        List<BudgetShare>? shares = null;
        CallEstimate[]? estimates = null;
        foreach (var budget in budgets)
        {
            if (!budget.Counts(call, alias)) continue;
            estimates ??= [.. alias.Targets.Select(t => CallEstimate.Of(model, t))];
            if (Wanted(budget, estimates) is not { } wanted)
            {
                refusal = new Refusal(403, CallOutcome.Forbidden, "price_unknown", $"The budget '{budget.Name}' refuses calls whose price is not known in {budget.Currency}, and that of '{alias.Name}' is not.", $"budget:{budget.Name}");
                return null;
            }

            var part = budget.PartOf(call, alias);
            (shares ??= []).Add(new BudgetShare(budget, part, budget.State.Of(part, now), wanted));
        }

        if (shares is null) return BudgetHold.None;
        var hold = new BudgetHold(shares, events, time);
        refusal = hold.TopUp();
        return refusal is null ? hold : null;
    }

    /// <summary>What follows when there is no room. True when the call is refused by it: before anything was tried. Later the error stands that the caller would have seen without another attempt.</summary>
    public static bool Refuse(GatewayCall call, AttemptKind kind, Refusal refusal)
    {
        if (kind == AttemptKind.First)
        {
            // OpenAI's and Anthropic's SDKs try a 429 again by themselves, after seconds: pointless when the window is over in hours.
            if (refusal.RetryAfterSeconds > MostPatience) call.Http.Response.Headers["x-should-retry"] = "false";
            return !call.Refuse(refusal);
        }

        call.Note($"{refusal.Policy}: no room for a {(kind == AttemptKind.Retry ? "retry" : "fallback")}");
        return false;
    }

    // The dearest target decides: nobody knows yet which one it will be. Null when the budget does not take calls like this one.
    private static BudgetAmount? Wanted(BudgetModel budget, CallEstimate[] estimates)
    {
        var wanted = default(BudgetAmount);
        foreach (var estimate in estimates)
        {
            var known = budget.Currency is not null && estimate.Cost.Amount is not null && estimate.Cost.Currency == budget.Currency;
            if (budget.Currency is not null && !known && budget.Config.UnknownPrice == UnknownPrice.Refuse) return null;
            wanted = new BudgetAmount(
                Math.Max(wanted.Tokens, estimate.InputTokens + estimate.OutputTokens),
                Math.Max(wanted.Nanos, known ? MoneyText.InNanos(estimate.Cost.Amount!.Value) : 0));
        }

        return wanted;
    }
}
