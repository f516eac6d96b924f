using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Tidegate.Core.Windows;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Indicators.Series;

/// <summary>Makes counts coarser with age: minutes become five minutes, those hours, those nothing. Each stretch is replaced in one change: nothing counts twice or gets lost in between.</summary>
internal sealed class SeriesCoarsening(StateStore store, Leases leases, TimeProvider time) : BackgroundService
{
    // One change holds the write lock: a stretch that is done in well under a second with thousands of series.
    private const int RowsPerChange = 20_000;
    private const long Day = 86_400;
    private static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Pause, time);
        do
        {
            if (await leases.HoldAsync("indicators/coarsening", stoppingToken)) await RunAsync(stoppingToken);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <summary>Everything that is due.</summary>
    internal async Task RunAsync(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        for (var i = 0; i < SeriesHistory.Retention.Count; i++)
        {
            var (step, kept) = SeriesHistory.Retention[i];
            var next = i + 1 < SeriesHistory.Retention.Count ? SeriesHistory.Retention[i + 1].Step : (TimeSpan?)null;
            var border = (now - kept).ToUnixTimeSeconds();
            // Only whole stretches of the next step are due.
            if (next is { } longer) border -= border % (long)longer.TotalSeconds;
            while (await store.ChangeAsync((db, inner) => OnceAsync(db, (int)step.TotalSeconds, (int?)next?.TotalSeconds, border, inner), cancel)) cancel.ThrowIfCancellationRequested();
        }
    }

    // True when there may be more.
    private static async Task<bool> OnceAsync(StateDb db, int step, int? next, long border, CancellationToken cancel)
    {
        var due = db.Set<CountRow>().Where(c => c.Step == step && c.Start < border);
        if (next is not { } longer) return await due.OrderBy(c => c.Start).Take(RowsPerChange).ExecuteDeleteAsync(cancel) >= RowsPerChange;
        if (await due.MinAsync(c => (long?)c.Start, cancel) is not { } oldest) return false;
        // The oldest stretches of every series at once: an index by time finds them. A whole day where few series have counts, as after a source brought its past.
        var from = oldest - (oldest % longer);
        var until = Math.Min(from + Day, border);
        if (await due.CountAsync(c => c.Start < until, cancel) > RowsPerChange) until = from + longer;
        var stretch = due.Where(c => c.Start >= from && c.Start < until);
        var rows = await stretch.AsNoTracking().ToListAsync(cancel);
        // What is there already was counted before; what comes late is added.
        var there = await db.Set<CountRow>().AsNoTracking().Where(c => c.Step == longer && c.Start >= from && c.Start < until).ToListAsync(cancel);
        var known = there.Where(r => r.Writer == SeriesBook.Source).ToDictionary(r => (r.Series, r.Start));
        var merged = rows.GroupBy(r => (r.Series, Start: r.Start - (r.Start % longer))).Select(g => (g.Key, Rows: known.TryGetValue(g.Key, out var before) ? g.Append(before) : g)).Select(g => new CountRow
        {
            Series = g.Key.Series, Step = longer, Start = g.Key.Start, Writer = SeriesBook.Source, Bad = g.Rows.Sum(r => r.Bad), Total = g.Rows.Sum(r => r.Total), Durations = Merge(g.Rows),
        });
        foreach (var chunk in merged.Chunk(200)) await SeriesStore.UpsertAsync(db, chunk, cancel);
        await stretch.ExecuteDeleteAsync(cancel);
        return true;
    }

    private static byte[]? Merge(IEnumerable<CountRow> rows)
    {
        LatencyHistogram? sum = null;
        foreach (var row in rows)
            if (row.Durations is { } bytes) (sum ??= new()).Add(LatencyHistogram.FromBytes(bytes));
        return sum?.ToBytes();
    }
}
