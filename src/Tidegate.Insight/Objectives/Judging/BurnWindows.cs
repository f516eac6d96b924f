using System.Collections.Concurrent;
using Tidegate.Core.Resources.Schema;
using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>The windows whose burn an objective tells: an hour, those of its alerts and those that policies ask for, as far as its account reaches, and the period of its budget.</summary>
internal sealed class BurnWindows
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly ConcurrentDictionary<string, string[]> Shared = new(StringComparer.Ordinal);

    private readonly string[] _names;
    private readonly TimeSpan[] _lengths; // zero for the period

    public BurnWindows(Objective objective, IEnumerable<TimeSpan> wanted)
    {
        var windows = new SortedDictionary<string, TimeSpan>(StringComparer.Ordinal) { ["period"] = TimeSpan.Zero };
        foreach (var window in objective.Alerts.Rules.SelectMany(r => new[] { r.Pair.Long, r.Pair.Short }).Append(Hour).Concat(wanted))
            if (window <= objective.Terms.Longest) windows[Duration.Format(window)] = window;
        _names = Shared.GetOrAdd(string.Join(' ', windows.Keys), _ => [.. windows.Keys]);
        _lengths = [.. windows.Values];
    }

    /// <summary>How many there are.</summary>
    public int Count => _lengths.Length;

    /// <summary>Says how fast the budget burns over each of them now.</summary>
    public void Fill(double[] rates, BudgetLedger ledger, double target, DateTimeOffset now)
    {
        for (var i = 0; i < rates.Length; i++)
            rates[i] = ErrorBudget.BurnRate(_lengths[i] == TimeSpan.Zero ? ledger.Period(now) : ledger.Window(now, _lengths[i]), target) ?? double.NaN;
    }

    /// <summary>Rates under the names of the windows.</summary>
    public BurnRates Rates(double[] rates) => new(_names, rates);
}
