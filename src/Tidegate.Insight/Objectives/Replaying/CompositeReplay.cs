using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators;
using Tidegate.Insight.Objectives.Compiling;
using Tidegate.Insight.Objectives.Judging;

namespace Tidegate.Insight.Objectives.Replaying;

/// <summary>The minutes of a composite, from those of its parts.</summary>
internal static class CompositeReplay
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    /// <summary>Every minute that something is known of.</summary>
    /// <param name="composite">The composite.</param>
    /// <param name="parts">Its parts, none of them run yet.</param>
    /// <param name="from">First minute.</param>
    /// <param name="until">End.</param>
    /// <param name="cancel">Cancelled when nobody waits any more.</param>
    public static IReadOnlyList<SeriesStretch> Run(CompositeObjective composite, IReadOnlyList<(Objective Objective, ReplayTrack Track)> parts, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var states = parts.ToDictionary(p => p.Objective.Id, p => new ObjectiveState(p.Objective) { Ledgers = p.Track.Ledgers }, StringComparer.Ordinal);
        var found = new List<SeriesStretch>();
        for (var minute = new DateTimeOffset(from.UtcTicks - (from.UtcTicks % Minute.Ticks), TimeSpan.Zero); minute + Minute <= until; minute += Minute)
        {
            if (minute.Minute == 0) cancel.ThrowIfCancellationRequested();
            // All that belongs to the minute, and nothing of the next.
            foreach (var (_, track) in parts) track.TakeAll(minute + Minute - TimeSpan.FromTicks(1));
            if (CompositeFeed.Judge(composite, states, minute) is { } bad) found.Add(new SeriesStretch(minute, Minute, new Tally(bad, 1)));
        }

        return found;
    }
}
