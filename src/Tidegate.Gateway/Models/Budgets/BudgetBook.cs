using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Budgets;

namespace Tidegate.Gateway.Models.Budgets;

/// <summary>All budgets this process has counted, whatever configuration is in force: one that leaves the document and comes back goes on where it was.</summary>
internal sealed class BudgetBook(TimeProvider time, IBudgetStore? store = null)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, BudgetState> _states = new(StringComparer.Ordinal);
    private ILookup<string, SavedBudget>? _saved;

    /// <summary>The budgets of a document.</summary>
    public BudgetTable Table(ConfigDocument document) => new([.. document.OfKind<BudgetConfig>().Select(b => Model(b, isCap: false))]);

    /// <summary>A cap of money per day (UTC) that is no document of its own; its name is none that a document may have.</summary>
    public BudgetModel DailyCap(string name, string cost) => Model(new Resource<BudgetConfig>
    {
        ApiVersion = "tidegate/v1", Kind = "Budget", Metadata = new ResourceMetadata { Name = name },
        Spec = new BudgetConfig { Window = BudgetWindow.Day, Cost = cost, SoftLimit = 1, UnknownPrice = UnknownPrice.Refuse },
    }, isCap: true);

    /// <summary>All accounts worth keeping.</summary>
    public IReadOnlyList<SavedBudget> Counts()
    {
        var now = time.GetUtcNow().UtcDateTime;
        lock (_gate)
        {
            return [.. from state in _states.Values
                       from part in state.Parts
                       let count = part.Value.Read(now)
                       where count.Used != default || count.Refused > 0 || count.UnknownCost > 0
                       select new SavedBudget(state.Identity, part.Key, new DateTimeOffset(count.Start), count.Used.Tokens, count.Used.Nanos, count.UnknownCost, count.Refused) { SoftShare = count.SoftShareTold }];
        }
    }

    private BudgetModel Model(Resource<BudgetConfig> budget, bool isCap) => new(budget.Metadata.Name, budget.Spec, StateOf(budget)) { IsCap = isCap };

    private BudgetState StateOf(Resource<BudgetConfig> budget)
    {
        var spec = budget.Spec;
        var currency = spec.Cost is { } cost ? MoneyText.Parse(cost).Currency : "";
        var identity = $"{budget.Metadata.Name}|{spec.Window}|{spec.Zone}|{spec.Each}|{currency}".ToLowerInvariant();
        lock (_gate)
        {
            if (_states.TryGetValue(identity, out var known)) return known;
            _saved ??= (store?.Load() ?? []).ToLookup(s => s.Budget, StringComparer.Ordinal);
            // Zones are checked with the document; one that is not known on this machine all the same counts by UTC rather than not at all.
            var zone = TimeZoneInfo.TryFindSystemTimeZoneById(spec.Zone, out var found) ? found : TimeZoneInfo.Utc;
            var state = _states[identity] = new BudgetState(identity, new BudgetCalendar(spec.Window, zone), [.. _saved[identity].DistinctBy(s => s.Part, StringComparer.Ordinal)]);
            state.Restore(time.GetUtcNow().UtcDateTime);
            return state;
        }
    }
}
