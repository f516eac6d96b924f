using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Attributing;

/// <summary>
/// Splits what was used of a budget. A slice that used budget is split by the bad events it had; events are split as they are. No value gets more than there was: where more bad ones are
/// on record than were counted (a call is counted when it ends and on record from when it began), all get less in proportion.
/// </summary>
internal sealed class BudgetSplit
{
    private readonly Dictionary<string, double> _parts = new(StringComparer.Ordinal);

    private BudgetSplit()
    {
    }

    /// <summary>All that was used, in the budget's unit.</summary>
    public double Whole { get; private set; }

    /// <summary>What each value used.</summary>
    public IReadOnlyDictionary<string, double> Parts => _parts;

    /// <summary>What belongs to none of them; never below 0.</summary>
    public double Rest => Math.Max(0, Whole - _parts.Values.Sum());

    /// <summary>Bad events of which the value is known, of all bad events; null when there were none.</summary>
    public double? Known { get; private set; }

    /// <summary>Splits.</summary>
    /// <param name="terms">What the budget counts by.</param>
    /// <param name="whole">All events, by time.</param>
    /// <param name="bad">Bad events of each value, by time.</param>
    public static BudgetSplit Of(BudgetTerms terms, IEnumerable<(DateTimeOffset At, Tally Events)> whole, IEnumerable<(DateTimeOffset At, string Key, double Bad)> bad)
    {
        var (slices, known) = (Slices(terms, whole), new Dictionary<long, Dictionary<string, double>>());
        foreach (var (at, key, count) in bad)
        {
            if (count <= 0) continue;
            var slice = SliceOf(terms, at);
            if (!known.TryGetValue(slice, out var values)) known[slice] = values = new(StringComparer.Ordinal);
            values[key] = values.GetValueOrDefault(key) + count;
        }

        var split = new BudgetSplit();
        var (all, told) = (0.0, 0.0);
        foreach (var (slice, events) in slices)
        {
            var used = ErrorBudget.UnitOf(terms.Method, events, terms.SliceTarget).Bad;
            split.Whole += used;
            all += events.Bad;
            if (!known.TryGetValue(slice, out var values)) continue;
            var sum = values.Values.Sum();
            told += Math.Min(sum, events.Bad);
            if (used <= 0) continue;
            var most = Math.Max(sum, events.Bad);
            foreach (var (key, count) in values) split._parts[key] = split._parts.GetValueOrDefault(key) + (used * count / most);
        }

        split.Known = all <= 0 ? null : told / all;
        return split;
    }

    /// <summary>What a time used, and all of it, in the budget's unit.</summary>
    public static Tally Sum(BudgetTerms terms, IEnumerable<(DateTimeOffset At, Tally Events)> whole) =>
        Slices(terms, whole).Values.Aggregate(Tally.None, (sum, events) => sum + ErrorBudget.UnitOf(terms.Method, events, terms.SliceTarget));

    private static Dictionary<long, Tally> Slices(BudgetTerms terms, IEnumerable<(DateTimeOffset At, Tally Events)> whole)
    {
        var slices = new Dictionary<long, Tally>();
        foreach (var (at, events) in whole)
        {
            var slice = SliceOf(terms, at);
            slices[slice] = slices.GetValueOrDefault(slice) + events;
        }

        return slices;
    }

    // Events need no slices: one for all.
    private static long SliceOf(BudgetTerms terms, DateTimeOffset at) => terms.Method == BudgetingMethod.Occurrences ? 0 : at.UtcTicks / terms.Slice.Ticks;
}
