using Tidegate.Insight.Indicators;

namespace Tidegate.Insight.Objectives.Replaying;

/// <summary>What is recorded of an indicator.</summary>
/// <param name="Parts">Stretches by where they come from, oldest first; empty when nothing is recorded.</param>
/// <param name="Reason">Why nothing is recorded, or what is missing; empty when nothing is.</param>
internal sealed record ReplayRecord(IReadOnlyList<(string Source, IReadOnlyList<SeriesStretch> Stretches)> Parts, string Reason)
{
    /// <summary>Counts that were kept for the indicator.</summary>
    public const string Series = "series";

    /// <summary>Calls on record.</summary>
    public const string CallLog = "call_log";

    /// <summary>Replays of the objectives a composite is made of.</summary>
    public const string OfParts = "parts";

    /// <summary>All of it in order.</summary>
    public IReadOnlyList<SeriesStretch> Stretches => [.. Parts.SelectMany(p => p.Stretches)];

    /// <summary>The parts that fall into a time, for people.</summary>
    public IReadOnlyList<ReplayedHistory> Within(DateTimeOffset begin, DateTimeOffset until) =>
    [
        .. from part in Parts
           let seen = part.Stretches.Where(s => !s.Events.IsEmpty && s.End > begin && until > s.Start).ToList()
           where seen.Count > 0
           select new ReplayedHistory(part.Source, seen[0].Start, seen[^1].End, seen.Sum(s => Minutes(s, begin, until))),
    ];

    private static long Minutes(SeriesStretch stretch, DateTimeOffset begin, DateTimeOffset until)
    {
        var start = stretch.Start > begin ? stretch.Start : begin;
        var end = stretch.End > until ? until : stretch.End;
        return (long)Math.Ceiling((end - start).TotalMinutes);
    }
}
