using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Windows;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Indicators.Pushed;

/// <summary>Pushes in the order in which they were counted, so that nodes hear of what was pushed to another. A row of counts only says their sum, and pushes are up to six days late.</summary>
internal static class PushJournal
{
    /// <summary>A node that did not reach the database for longer hears of the pushes in between when it reads the past again.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromHours(1);

    /// <summary>Writes a push down, as part of the change that counts it.</summary>
    public static async Task AddAsync(StateDb db, long node, DateTimeOffset now, IReadOnlyList<PushedMinute> minutes, CancellationToken cancel)
    {
        // Changes come one after the other, so that numbers are seen in their order. The newest row stays, for the next number.
        var (last, old) = (await LastAsync(db, cancel), now - Kept);
        db.Add(new PushedRow { Sequence = last + 1, Node = node, At = now, Minutes = JsonSerializer.Serialize(minutes) });
        await db.Set<PushedRow>().Where(r => r.At < old && r.Sequence < last).ExecuteDeleteAsync(cancel);
    }

    /// <summary>Number of the newest push; 0 before the first.</summary>
    public static async Task<long> LastAsync(StateDb db, CancellationToken cancel) => await db.Set<PushedRow>().MaxAsync(r => (long?)r.Sequence, cancel) ?? 0;

    /// <summary>What was pushed to other processes after a number, and the number of the last of them.</summary>
    public static async Task<(long Last, IReadOnlyList<PushedMinute> Minutes)> SinceAsync(StateDb db, long sequence, long node, CancellationToken cancel)
    {
        var rows = await db.Set<PushedRow>().Where(r => r.Sequence > sequence).OrderBy(r => r.Sequence).ToListAsync(cancel);
        return (rows.Count == 0 ? sequence : rows[^1].Sequence, [.. rows.Where(r => r.Node != node).SelectMany(r => JsonSerializer.Deserialize<List<PushedMinute>>(r.Minutes)!)]);
    }

    /// <summary>Its events.</summary>
    public static Tally EventsOf(PushedMinute minute) => new(minute.Bad, minute.Total);
}
