using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Series;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Indicators.Pushed;

/// <summary>Counts pushes: the key and the counts are written in one change, so that a push is on disk when it is answered, and counts once however often it is sent.</summary>
/// <param name="store">The state database.</param>
/// <param name="series">The counts on disk.</param>
/// <param name="hub">Told of what was counted.</param>
/// <param name="time">When a push came.</param>
/// <param name="shared">Other nodes may use the database, and are told, too.</param>
internal sealed class PushStore(StateStore store, SeriesStore series, SeriesHub hub, TimeProvider time, bool shared = false)
{
    /// <summary>How far back events may lie: while their minutes are kept as minutes, with a day to spare.</summary>
    public static readonly TimeSpan MostLate = TimeSpan.FromDays(6);

    /// <summary>How long keys are remembered: longer than events with a time are taken.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(8);

    /// <summary>Counts, unless it was counted before.</summary>
    /// <param name="id">Hash of who pushes and their key.</param>
    /// <param name="content">Hash of what is pushed.</param>
    /// <param name="counts">Series, time, and events.</param>
    /// <param name="cancel">Stops it.</param>
    public async Task<PushOutcome> CountAsync(string id, string content, IReadOnlyList<SeriesDelta> counts, CancellationToken cancel)
    {
        // Not within a tick: an objective that reads its past there would find these, and be told of them as well.
        await hub.Turn.WaitAsync(cancel);
        try
        {
            var outcome = await store.ChangeAsync(async (db, inner) =>
            {
                var now = time.GetUtcNow();
                var before = await db.Set<PushRow>().AsNoTracking().FirstOrDefaultAsync(r => r.Id == id, inner);
                if (before is not null) return before.Content == content ? PushOutcome.Again : PushOutcome.Different;
                db.Add(new PushRow { Id = id, Content = content, At = now });
                var old = now - Remembered;
                await db.Set<PushRow>().Where(r => r.At < old).ExecuteDeleteAsync(inner);
                var minutes = counts.GroupBy(c => (c.Series, Minute: SeriesBook.MinuteOf(c.At))).Select(g => (g.Key.Series, g.Key.Minute, Events: g.Aggregate(Tally.None, (sum, c) => sum + c.Events))).ToList();
                await series.AddAsync(db, minutes, inner);
                if (shared) await PushJournal.AddAsync(db, hub.Node, now, [.. minutes.Select(m => new PushedMinute(m.Series, m.Minute, m.Events.Bad, m.Events.Total))], inner);
                return PushOutcome.Counted;
            }, cancel);
            if (outcome == PushOutcome.Counted)
                foreach (var count in counts) hub.Tell(count);
            return outcome;
        }
        finally
        {
            hub.Turn.Release();
        }
    }
}
