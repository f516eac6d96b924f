using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Compiling;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>Gives composites their minutes, once a minute is over. A minute in which a part had nothing is judged by the others; one in which none had, by nobody.</summary>
internal sealed class CompositeFeed(SeriesHub hub)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private DateTimeOffset? _fed;

    /// <summary>Feeds the minutes that ended since the last time.</summary>
    public void Feed(IReadOnlyList<CompositeObjective> composites, IReadOnlyDictionary<string, ObjectiveState> states, DateTimeOffset now)
    {
        // The tick that drains the last calls of a minute is in the next one.
        var last = new DateTimeOffset(now.UtcTicks - (now.UtcTicks % Minute.Ticks), TimeSpan.Zero);
        var from = _fed is { } fed && last - fed < TimeSpan.FromMinutes(30) ? fed : last - Minute;
        for (var minute = from; minute < last; minute += Minute)
            foreach (var composite in composites)
                if (Judge(composite, states, minute) is { } bad) hub.Replace(composite.Series, minute, new Tally(bad, 1));
        _fed = last;
    }

    /// <summary>Share of a minute that was bad; null when nothing is known of it.</summary>
    internal static double? Judge(CompositeObjective composite, IReadOnlyDictionary<string, ObjectiveState> states, DateTimeOffset minute)
    {
        var (worst, sum, weights) = (0.0, 0.0, 0.0);
        foreach (var (id, weight) in composite.Parts)
        {
            if (!states.TryGetValue(id, out var part) || part.Ledgers?.Adjusted.Window(minute + Minute - TimeSpan.FromTicks(1), Minute).ErrorRatio is not { } ratio) continue;
            worst = Math.Max(worst, ratio);
            (sum, weights) = (sum + (weight * ratio), weights + weight);
        }

        return weights <= 0 ? null : composite.AnyBad ? worst : sum / weights;
    }
}
