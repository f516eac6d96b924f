using Tidegate.Core.Resources.OpenSlo;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;

namespace Tidegate.Insight.Objectives;

/// <summary>
/// Old history is kept by five minutes and by the hour. A budget of slices counts such a stretch as the slices it covers, each with the ratio of the stretch (semantics of objectives 1: every
/// slice weighs the same), and not as one: else a month would weigh less with every week.
/// </summary>
internal static class SliceSpread
{
    /// <summary>True when a stretch is longer than the slices of a budget, so that their own ratios are not known.</summary>
    public static bool IsCoarse(BudgetTerms terms, TimeSpan step) => terms.Method != BudgetingMethod.Occurrences && step > terms.Slice;

    /// <summary>The end of the last stretch that is longer than a slice; null when there is none.</summary>
    public static DateTimeOffset? CoarseUntil(BudgetTerms terms, IEnumerable<SeriesStretch> stretches) =>
        stretches.Where(s => IsCoarse(terms, s.Step) && !s.Events.IsEmpty).Select(s => (DateTimeOffset?)s.End).Max();

    /// <summary>A stretch in parts that lie in one slice each, its events spread evenly; as it is where it lies in one, or where there are no slices.</summary>
    public static IEnumerable<SeriesStretch> Over(this SeriesStretch stretch, BudgetTerms terms)
    {
        if (terms.Method == BudgetingMethod.Occurrences)
        {
            yield return stretch;
            yield break;
        }

        var slice = terms.Slice.Ticks;
        for (var start = stretch.Start; start < stretch.End;)
        {
            var border = new DateTimeOffset(((start.UtcTicks / slice) + 1) * slice, TimeSpan.Zero);
            var end = border < stretch.End ? border : stretch.End;
            var share = (end - start) / stretch.Step;
            yield return new SeriesStretch(start, end - start, new Tally(stretch.Events.Bad * share, stretch.Events.Total * share));
            start = end;
        }
    }
}
