using System.Globalization;
using Tidegate.Core.Resources.Objectives;
using Tidegate.Core.Resources.Objectives.Exclusions;
using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Judging;
using Tidegate.Platform.Hosting;

namespace Tidegate.Insight.Objectives.Attributing;

/// <summary>Who and what used a budget: by values of the calls, or by times that other modules know of.</summary>
internal sealed class BudgetAttribution(ObjectiveBook book, SeriesHistory history, CallParts calls, IEnumerable<IAttributionSource> sources)
{
    /// <summary>Longest time.</summary>
    public const int MostDays = 400;

    /// <summary>Most parts that are listed.</summary>
    public const int MostParts = 1000;

    private const string Exclusion = "exclusion";

    // Announced as an Exclusion of kind `chaos`: its times do not count, and what they would have used is known all the same.
    private const string Experiment = "experiment";

    // From here on nobody would look for what is missing.
    private const double AsGoodAsAll = 0.99;

    private readonly IReadOnlyDictionary<string, IAttributionSource> _sources = sources.ToDictionary(s => s.By, StringComparer.Ordinal);

    /// <summary>Everything it can be split by.</summary>
    public IReadOnlyList<string> Words => [.. CallParts.Dimensions, Exclusion, Experiment, .. _sources.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Splits what an objective used in a time; null when there is no such objective, or it was not judged yet.</summary>
    /// <exception cref="ProblemException">It cannot be split by that.</exception>
    public async Task<Attribution?> SplitAsync(string id, string by, DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancel)
    {
        if (!Words.Contains(by, StringComparer.Ordinal)) throw new ProblemException(Problems.BadRequest("by", $"What was used cannot be split by '{by}'.", $"Use one of {string.Join(", ", Words)}.").Problem);
        if (book.States.GetValueOrDefault(id) is not { Status: { } status } state) return null;
        var (objective, terms) = (state.Objective, state.Objective.Terms);
        var period = Before(state, until);
        var all = (await history.StretchesAsync(objective.Series, period < from ? period : from, until, cancel)).SelectMany(s => s.Over(terms)).ToList();
        var isRaw = by is Exclusion or Experiment;
        var counts = all.Where(s => isRaw || !objective.Exclusions.Cover(s.Start)).Select(s => (s.Start, s.Events)).ToList();
        var budget = BudgetSplit.Sum(terms, counts.Where(c => c.Start >= period)).Total * (1 - terms.Target);
        var whole = counts.Where(c => c.Start >= from).ToList();
        var (parts, split) = await PartsAsync(objective, status, by, [.. all.Where(s => s.Start >= from)], whole, from, until, cancel);
        var ordered = split.Parts.OrderByDescending(p => p.Value).ThenBy(p => p.Key, StringComparer.Ordinal).Select(p => Part(p.Key, p.Value)).ToList();
        return new Attribution
        {
            Objective = id,
            By = by,
            From = from,
            Until = until,
            Unit = terms.Method == BudgetingMethod.Occurrences ? "events" : "slices",
            Whole = Part("", split.Whole),
            Parts = [.. ordered.Take(limit)],
            Others = ordered.Count > limit ? Part("", ordered.Skip(limit).Sum(p => p.Bad)) with { Text = $"{ordered.Count - limit} others" } : null,
            Rest = Part("", split.Rest),
            Source = parts.Source,
            Known = parts.Source is "series" or "call_log" ? split.Known : null,
            Reason = ReasonOf(parts, split, whole.Count == 0),
        };

        AttributionPart Part(string key, double bad) =>
            new(key, parts.Texts.GetValueOrDefault(key, ""), bad, budget <= 0 ? null : bad / budget, split.Whole <= 0 ? null : bad / split.Whole);
    }

    private async Task<(AttributionParts Parts, BudgetSplit Split)> PartsAsync(
        Objective objective, ObjectiveStatus status, string by, IReadOnlyList<SeriesStretch> all, IReadOnlyList<(DateTimeOffset, Tally)> whole, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var terms = objective.Terms;
        if (by is Exclusion or Experiment)
        {
            var rules = objective.Exclusions.Rules.Where(r => by == Exclusion || r.Spec.Kind == ExclusionCause.Chaos).ToList();
            var left = from s in all
                       let rule = rules.FirstOrDefault(r => Periods.Cover(r.Spec.Windows, s.Start))
                       where rule is not null
                       select (s.Start, rule.Metadata.Name, s.Events.Bad);
            return With(new AttributionParts("times", [.. left], "") { Texts = rules.ToDictionary(r => r.Metadata.Name, r => r.Spec.Reason, StringComparer.Ordinal) });
        }

        if (_sources.TryGetValue(by, out var source))
        {
            var spans = await source.BetweenAsync(status, from, until, cancel);
            var booked = from s in all
                         where !objective.Exclusions.Cover(s.Start)
                         let span = spans.FirstOrDefault(t => t.From < s.End && (t.Until ?? until) > s.Start)
                         where span is not null
                         select (s.Start, span.Key, s.Events.Bad);
            return With(new AttributionParts("times", [.. booked], "") { Texts = spans.GroupBy(s => s.Key, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Text, StringComparer.Ordinal) });
        }

        var counted = await calls.CountedAsync(objective, by, from, until, cancel) is { } exact ? With(exact) : ((AttributionParts Parts, BudgetSplit Split)?)null;
        if (counted is { Split.Known: null or >= AsGoodAsAll }) return counted.Value;
        var logged = With(await calls.LoggedAsync(objective, book.CallsOf(objective), by, from, until, cancel));
        return counted is { } some && (logged.Parts.Source == "none" || some.Split.Known >= logged.Split.Known) ? some : logged;

        (AttributionParts Parts, BudgetSplit Split) With(AttributionParts parts) => (parts, BudgetSplit.Of(terms, whole, parts.Bad));
    }

    private static string ReasonOf(AttributionParts parts, BudgetSplit split, bool isEmpty) => parts switch
    {
        _ when isEmpty => "Nothing was counted in this time.",
        { Reason.Length: > 0 } => parts.Reason,
        { Source: "times" } => "",
        _ when split.Known < AsGoodAsAll => string.Create(CultureInfo.InvariantCulture, $"The value is on record of {split.Known * 100:0.#} % of what was bad; the rest was not counted by value, was dropped by the call log, or is older than it keeps."),
        _ => "",
    };

    // The budget is that of the period that ends with the time.
    private static DateTimeOffset Before(ObjectiveState state, DateTimeOffset until) => state.Objective.Terms.Calendar?.At(until.AddTicks(-1)).Start ?? until - state.Objective.Terms.Period;
}
