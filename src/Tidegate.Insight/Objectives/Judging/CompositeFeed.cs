using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Compiling;

namespace Tidegate.Insight.Objectives.Judging;

/// <summary>Gives composites their minutes, once a minute is over. A minute in which a part had nothing is judged by the others; one in which none had, by nobody. What comes later, as counts that are pushed and minutes that a server is asked for, has its minute judged anew.</summary>
internal sealed class CompositeFeed(SeriesHub hub)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    // A window of a minute is known for an hour.
    private static readonly TimeSpan Late = TimeSpan.FromMinutes(50);

    private DateTimeOffset? _fed;
    private DateTimeOffset _since;

    /// <summary>Feeds the minutes that ended since the last time, and those before of which more came.</summary>
    public void Feed(IReadOnlyList<CompositeObjective> composites, IReadOnlyDictionary<string, ObjectiveState> states, IReadOnlyList<SeriesDelta> deltas, DateTimeOffset now)
    {
        // The tick that drains the last calls of a minute is in the next one.
        var last = Floor(now);
        var from = _fed is { } fed && last - fed < TimeSpan.FromMinutes(30) ? fed : last - Minute;
        // What a process before this one said of a minute is not known here, and would count twice.
        if (_fed is null) _since = from;
        for (var minute = from; minute < last; minute += Minute)
            foreach (var composite in composites) Say(composite, states, minute);
        if (composites.Count > 0) SayAgain(composites, states, deltas, from);
        _fed = last;
    }

    /// <summary>Why a composite has nothing though its parts have events; null when they have none.</summary>
    public static string? WhyEmpty(CompositeObjective composite, IReadOnlyDictionary<string, ObjectiveState> states) => composite.Parts.Any(p => states.GetValueOrDefault(p.Objective)?.Status is { Total: > 0 })
        ? $"Its parts have events, but it has no minute of them yet: it gets each minute when it is over, none of their past, and events that are more than {Late.TotalMinutes:0} minutes late are too late for it."
        : null;

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

    private static DateTimeOffset Floor(DateTimeOffset at) => new(at.UtcTicks - (at.UtcTicks % Minute.Ticks), TimeSpan.Zero);

    private void Say(CompositeObjective composite, IReadOnlyDictionary<string, ObjectiveState> states, DateTimeOffset minute)
    {
        if (Judge(composite, states, minute) is { } bad) hub.Replace(composite.Series, minute, new Tally(bad, 1));
    }

    private void SayAgain(IReadOnlyList<CompositeObjective> composites, IReadOnlyDictionary<string, ObjectiveState> states, IReadOnlyList<SeriesDelta> deltas, DateTimeOffset before)
    {
        var late = deltas.Where(d => d.At < before && d.At >= _since && d.At >= before - Late).Select(d => (d.Series, Minute: Floor(d.At))).Distinct().ToLookup(d => d.Series, d => d.Minute, StringComparer.Ordinal);
        if (late.Count == 0) return;
        foreach (var composite in composites)
        {
            var minutes = composite.Parts.SelectMany(p => states.TryGetValue(p.Objective, out var part) ? late[part.Objective.Series] : []).Distinct();
            foreach (var minute in minutes) Say(composite, states, minute);
        }
    }
}
