using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Gateway.Request;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>What a call at one alias holds of its budgets: enough for each attempt, from before it is sent. Every attempt is settled with what it really used; the rest goes back at the end.</summary>
internal sealed class BudgetHold(IReadOnlyList<BudgetShare> shares, BudgetEvents events, TimeProvider time) : IDisposable
{
    /// <summary>Nothing is limited.</summary>
    public static BudgetHold None { get; } = new([], null!, TimeProvider.System);

    /// <summary>Holds what an attempt may use, in all budgets or in none. Null when all have room; else the refusal of the one that has not.</summary>
    public Refusal? TopUp()
    {
        if (shares.Count == 0) return null;
        var now = time.GetUtcNow().UtcDateTime;
        for (var i = 0; i < shares.Count; i++)
        {
            var share = shares[i];
            if (share.TopUp(now)) continue;
            Dispose();
            var first = share.Account.Refuse(now);
            var count = share.Account.Read(now);
            events.Refused(share, first, count);
            return new Refusal(429, CallOutcome.RateLimited, "budget_exceeded", BudgetText.NoRoom(share.Budget, share.Wanted, count), $"budget:{share.Budget.Name}")
            {
                RetryAfterSeconds = (int)Math.Ceiling((count.End - now).TotalSeconds),
            };
        }

        return null;
    }

    /// <summary>Holds as much again, for a second attempt beside the first. False when a budget has no room for both; then nothing has changed.</summary>
    public bool TryAnother()
    {
        if (shares.Count == 0) return true;
        var now = time.GetUtcNow().UtcDateTime;
        for (var i = 0; i < shares.Count; i++)
        {
            if (shares[i].TryAnother(now)) continue;
            for (var n = 0; n < i; n++) shares[n].DropAnother();
            return false;
        }

        return true;
    }

    /// <summary>There is no second attempt after all.</summary>
    public void DropAnother()
    {
        foreach (var share in shares) share.DropAnother();
    }

    /// <summary>Books what an attempt used.</summary>
    public void Settle(ModelUse? use)
    {
        if (shares.Count == 0 || use is null) return;
        var now = time.GetUtcNow().UtcDateTime;
        var tokens = (use.InputTokens ?? 0) + (use.OutputTokens ?? 0);
        foreach (var share in shares)
        {
            var nanos = InNanos(use, share.Budget.Currency);
            if (share.Settle(new BudgetAmount(tokens, nanos ?? 0), unknownCost: nanos is null, now)) events.Soft(share, share.Account.Read(now));
        }
    }

    /// <summary>Gives back what was not used.</summary>
    public void Dispose()
    {
        foreach (var share in shares) share.Release();
    }

    // Null when it is not known in the currency; nothing is nothing in all of them.
    private static long? InNanos(ModelUse use, string? currency) =>
        currency is null || use.Cost == 0 ? 0 : use.Cost is { } cost && use.Currency == currency ? MoneyText.InNanos(cost) : null;
}
