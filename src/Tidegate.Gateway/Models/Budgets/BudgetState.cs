using System.Collections.Concurrent;
using Tidegate.Core.Ports;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>The accounts of a budget. Kept from one configuration to the next as long as name, window, zone, currency and parts stay the same; limits may change.</summary>
internal sealed class BudgetState(string identity, BudgetCalendar calendar, IReadOnlyList<SavedBudget> saved)
{
    /// <summary>Most accounts; whoever comes later shares one, which never admits too much.</summary>
    public const int MostParts = 65536;

    /// <summary>Part of those for whom there is no room.</summary>
    public const string Others = "...";

    private readonly ConcurrentDictionary<string, BudgetAccount> _parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SavedBudget> _saved = saved.ToDictionary(s => s.Part, StringComparer.Ordinal);

    /// <summary>What makes it the same budget.</summary>
    public string Identity { get; } = identity;

    /// <summary>All accounts by part.</summary>
    public IEnumerable<KeyValuePair<string, BudgetAccount>> Parts => _parts;

    /// <summary>The account of a part.</summary>
    public BudgetAccount Of(string part, DateTime now)
    {
        if (_parts.TryGetValue(part, out var account)) return account;
        if (_parts.Count >= MostParts) part = Others;
        return _parts.GetOrAdd(part, static (part, from) => from.State.Open(part, from.Now), (State: this, Now: now));
    }

    /// <summary>Opens the accounts that were saved, so that they are seen, and saved again, before their first call.</summary>
    public void Restore(DateTime now)
    {
        foreach (var part in _saved.Keys) Of(part, now);
    }

    private BudgetAccount Open(string part, DateTime now)
    {
        var account = new BudgetAccount(calendar);
        if (_saved.TryGetValue(part, out var saved))
            account.Restore(new BudgetCount(saved.Start.UtcDateTime, default, new BudgetAmount(saved.Tokens, saved.Nanos), default, saved.UnknownCost, saved.Refused, saved.SoftShare), now);
        return account;
    }
}
