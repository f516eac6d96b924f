using Tidegate.Core.Resources.Objectives;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Attributing;
using Tidegate.Insight.Objectives.Compiling;
using Tidegate.Insight.Objectives.Judging;

namespace Tidegate.Insight.Objectives;

/// <summary>Budgets over times of the past, for those who report of them.</summary>
public sealed class BudgetReader
{
    private readonly ObjectiveBook _book;
    private readonly SeriesHistory _history;
    private readonly BudgetAttribution _attribution;

    internal BudgetReader(ObjectiveBook book, SeriesHistory history, BudgetAttribution attribution) => (_book, _history, _attribution) = (book, history, attribution);

    /// <summary>What budgets can be split by.</summary>
    public IReadOnlyList<string> Splits => _attribution.Words;

    /// <summary>What used a budget in a time; null when there is no such objective.</summary>
    public Task<Attribution?> SplitAsync(string id, string by, DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancel) => _attribution.SplitAsync(id, by, from, until, limit, cancel);

    /// <summary>An objective over a time that is over; null when there is none, or it was not judged yet.</summary>
    /// <param name="id">Id of the objective.</param>
    /// <param name="from">Beginning.</param>
    /// <param name="until">End, not in the future.</param>
    /// <param name="zone">Whose days they are.</param>
    /// <param name="cancel">Cancelled when nobody waits any more.</param>
    public async Task<ObjectivePeriod?> PeriodAsync(string id, DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone, CancellationToken cancel)
    {
        if (_book.States.GetValueOrDefault(id) is not { Status: { } status } state) return null;
        var (objective, terms) = (state.Objective, state.Objective.Terms);
        var kept = await _history.StretchesAsync(objective.Series, from, until, cancel);
        var all = kept.SelectMany(s => s.Over(terms)).ToList();
        var left = all.ToLookup(s => objective.Exclusions.NameAt(s.Start) ?? "", StringComparer.Ordinal);
        var counts = left[""].Select(s => (s.Start, s.Events)).ToList();
        var adjusted = BudgetSplit.Sum(terms, counts);
        var budget = adjusted.Total * (1 - terms.Target);
        var durations = DurationFigures.Of(await _history.DurationsAsync(objective.Series, from, until, cancel));
        return new ObjectivePeriod
        {
            Status = status,
            Adjusted = BudgetFigures.Of(adjusted, terms.Target),
            Raw = BudgetFigures.Of(BudgetSplit.Sum(terms, all.Select(s => (s.Start, s.Events))), terms.Target),
            Minutes = (long)(until - from).TotalMinutes,
            MinutesWithData = all.Where(s => !s.Events.IsEmpty).Sum(s => (long)(Earlier(s.End, until) - s.Start).TotalMinutes),
            Days = [.. Days(from, until, zone).GroupJoin(counts, d => d, c => DayOf(c.Start, zone), (day, of) => Day(day, BudgetSplit.Sum(terms, of), budget))],
            Excluded = [.. objective.Exclusions.Rules.Select(r => Excluded(r, status, BudgetSplit.Sum(terms, left[r.Metadata.Name].Select(s => (s.Start, s.Events))), from, until)).Where(e => e.Minutes > 0)],
            Durations = durations,
            CoarseUntil = SliceSpread.CoarseUntil(terms, kept),
        };
    }

    private static BudgetDay Day(DateOnly day, Tally seen, double budget) => new(day, seen.Bad, seen.Total, seen.IsEmpty || budget <= 0 ? null : seen.Bad / budget);

    private static ExcludedTime Excluded(Core.Resources.Resource<Core.Resources.Objectives.Exclusions.ExclusionConfig> rule, ObjectiveStatus status, Tally left, DateTimeOffset from, DateTimeOffset until)
    {
        var (minutes, end) = (0.0, from);
        // Windows may overlap: each minute once.
        foreach (var (begin, over) in rule.Spec.Windows.SelectMany(w => Periods.Between(w, from, until)).OrderBy(w => w.From))
        {
            var start = begin > end ? begin : end;
            var stop = Earlier(over, until);
            if (stop <= start) continue;
            (minutes, end) = (minutes + (stop - start).TotalMinutes, stop);
        }

        return new ExcludedTime(rule.Metadata.Name, ObjectiveExclusions.WordOf(rule.Spec.Kind), rule.Spec.Reason, rule.Spec.Author, minutes, status.Id, left.Bad, left.Total, status.Unit);
    }

    private static IEnumerable<DateOnly> Days(DateTimeOffset from, DateTimeOffset until, TimeZoneInfo zone)
    {
        for (var (day, last) = (DayOf(from, zone), DayOf(until.AddTicks(-1), zone)); day <= last; day = day.AddDays(1)) yield return day;
    }

    private static DateOnly DayOf(DateTimeOffset at, TimeZoneInfo zone) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, zone).DateTime);

    private static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
}
