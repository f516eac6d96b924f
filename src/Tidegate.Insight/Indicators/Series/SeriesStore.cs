using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Tidegate.Core.Windows;
using Tidegate.Insight.Indicators.Pushed;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Indicators.Series;

/// <summary>Counts of all series in the state database. Written many at a time, each row replacing itself: once or twice makes no difference.</summary>
internal sealed class SeriesStore(StateStore store)
{
    private const int RowsPerStatement = 200;

    // A change holds the write lock: others wait no longer than about a second.
    private const int RowsPerChange = 20_000;

    private readonly Dictionary<string, long> _ids = new(StringComparer.Ordinal);

    /// <summary>Writes minutes. Called by one at a time.</summary>
    public Task WriteAsync(IReadOnlyList<SeriesBucket> buckets, CancellationToken cancel) => WriteAsync(buckets, [], cancel);

    /// <summary>
    /// Writes minutes, and from when to when sources were asked. Many minutes are several changes, and what was asked is known only with the last: whoever fails in between writes, or asks, all of
    /// it again, and the rows are the same. Called by one at a time.
    /// </summary>
    public async Task WriteAsync(IReadOnlyList<SeriesBucket> buckets, IReadOnlyList<SeriesCoverage> coverage, CancellationToken cancel)
    {
        if (buckets.Count + coverage.Count == 0) return;
        for (var first = 0; first == 0 || first < buckets.Count; first += RowsPerChange)
        {
            var isLast = first + RowsPerChange >= buckets.Count;
            await WriteOnceAsync([.. buckets.Skip(first).Take(RowsPerChange)], isLast ? coverage : [], cancel);
        }
    }

    private Task WriteOnceAsync(IReadOnlyList<SeriesBucket> buckets, IReadOnlyList<SeriesCoverage> coverage, CancellationToken cancel) => store.ChangeAsync(async (db, inner) =>
    {
        var ids = await IdsAsync(db, buckets.Select(b => b.Series).Distinct(StringComparer.Ordinal), inner);
        foreach (var chunk in buckets.Chunk(RowsPerStatement))
            await UpsertAsync(db, [.. chunk.Select(b => new CountRow { Series = ids(b.Series), Step = 60, Start = b.Minute * 60, Writer = b.Writer, Bad = b.Events.Bad, Total = b.Events.Total, Durations = b.Durations })], inner);
        await CoverAsync(db, coverage, inner);
    }, cancel);

    /// <summary>From when to when a source was asked about a series; null when it never was.</summary>
    public Task<SeriesCoverage?> CoverageAsync(string series, CancellationToken cancel) =>
        store.ReadAsync(async (db, inner) => await db.Set<CoverageRow>().FirstOrDefaultAsync(c => c.Series == series, inner) is { } row ? new SeriesCoverage(series, row.From, row.Until) : null, cancel);

    /// <summary>What a source said of the minutes of a series since a time, as far as they are kept by the minute.</summary>
    public Task<IReadOnlyList<(DateTimeOffset Minute, Tally Events)>> SaidAsync(string series, DateTimeOffset from, CancellationToken cancel) =>
        store.ReadAsync<IReadOnlyList<(DateTimeOffset, Tally)>>(async (db, inner) =>
        {
            var start = from.ToUnixTimeSeconds();
            var rows = await db.Set<CountRow>().Where(c => c.Step == 60 && c.Start >= start && c.Writer == SeriesBook.Source && db.Set<SeriesRow>().Any(s => s.Id == c.Series && s.Name == series)).ToListAsync(inner);
            return [.. rows.Select(r => (DateTimeOffset.FromUnixTimeSeconds(r.Start), new Tally(r.Bad, r.Total)))];
        }, cancel);

    /// <inheritdoc cref="ReadAsync(string, DateTimeOffset, DateTimeOffset, SeriesCut?, CancellationToken)"/>
    public Task<IReadOnlyList<SeriesDelta>> ReadAsync(string series, DateTimeOffset from, DateTimeOffset fineFrom, CancellationToken cancel) => ReadAsync(series, from, fineFrom, null, cancel);

    /// <summary>
    /// Counts of a series from a time on, oldest first, in steps of 1 hour before <paramref name="fineFrom"/> and of a minute (or what they were coarsened to) since.
    /// </summary>
    public Task<IReadOnlyList<SeriesDelta>> ReadAsync(string series, DateTimeOffset from, DateTimeOffset fineFrom, SeriesCut? cut, CancellationToken cancel)
    {
        // What was pushed meanwhile must be left out of exactly the sums that have it.
        return cut is null ? store.ReadAsync(LookAsync, cancel) : store.SnapshotAsync(LookAsync, cancel);

        async Task<IReadOnlyList<SeriesDelta>> LookAsync(StateDb db, CancellationToken inner)
        {
            if (await IdAsync(db, series, inner) is not { } id) return [];
            var (start, fine) = (from.ToUnixTimeSeconds(), fineFrom.ToUnixTimeSeconds());
            var counts = db.Set<CountRow>().Where(c => c.Series == id);
            IReadOnlyList<PushedMinute> pending = [];
            if (cut is var (minute, own, _, _))
            {
                var second = minute * 60;
                counts = counts.Where(c => c.Start < second || c.Writer == SeriesBook.Source || c.Writer == SeriesBook.Added || own.Contains(c.Writer));
                pending = [.. (await PushJournal.SinceAsync(db, cut.Pushed, cut.Node, inner)).Minutes.Where(m => m.Series == series)];
            }

            var old = await counts.Where(c => c.Start >= start && c.Start < fine).GroupBy(c => c.Start / 3600)
                .Select(g => new { Start = g.Key * 3600, Step = 3600, Bad = g.Sum(c => c.Bad), Total = g.Sum(c => c.Total) }).ToListAsync(inner);
            var recent = await counts.Where(c => c.Start >= Math.Max(start, fine)).GroupBy(c => new { c.Start, c.Step })
                .Select(g => new { g.Key.Start, g.Key.Step, Bad = g.Sum(c => c.Bad), Total = g.Sum(c => c.Total) }).ToListAsync(inner);
            return
            [
                .. old.Concat(recent).Select(c => (c.Start, c.Step, Events: new Tally(c.Bad, c.Total)))
                    .Concat(pending.Select(m => (Start: m.Minute * 60, m.Bad, m.Total)).Where(m => m.Start >= start)
                        .Select(m => (Start: m.Start < fine ? m.Start / 3600 * 3600 : m.Start, Step: m.Start < fine ? 3600 : 60, Events: new Tally(-m.Bad, -m.Total))))
                    .GroupBy(c => (c.Start, c.Step)).OrderBy(g => g.Key)
                    .Select(g => new SeriesDelta(series, DateTimeOffset.FromUnixTimeSeconds(g.Key.Start), g.Aggregate(Tally.None, (sum, c) => sum + c.Events), TimeSpan.FromSeconds(g.Key.Step))),
            ];
        }
    }

    /// <summary>What was pushed to other processes after a number, and the number of the last; nothing, and the last number there is, when none was known.</summary>
    public Task<(long Last, IReadOnlyList<PushedMinute> Minutes)> PushedAsync(long? after, long node, CancellationToken cancel) => store.ReadAsync(
        async (db, inner) => after is { } last ? await PushJournal.SinceAsync(db, last, node, inner) : (await PushJournal.LastAsync(db, inner), []), cancel);

    /// <summary>Minutes since one, of all series and of processes, not of sources that can be asked again: name, minute, writer, events.</summary>
    public Task<IReadOnlyList<(string Series, long Minute, long Writer, Tally Events)>> OthersAsync(long from, CancellationToken cancel) =>
        store.ReadAsync<IReadOnlyList<(string, long, long, Tally)>>(async (db, inner) =>
        {
            var start = from * 60;
            var rows = await db.Set<CountRow>().Where(c => c.Step == 60 && c.Start >= start && c.Writer != SeriesBook.Source && c.Writer != SeriesBook.Added)
                .Join(db.Set<SeriesRow>(), c => c.Series, s => s.Id, (c, s) => new { s.Name, c.Start, c.Writer, c.Bad, c.Total }).ToListAsync(inner);
            return [.. rows.Select(r => (r.Name, r.Start / 60, r.Writer, new Tally(r.Bad, r.Total)))];
        }, cancel);

    /// <summary>Counts of a series in a time, oldest first, in the steps they are kept in.</summary>
    public Task<IReadOnlyList<SeriesStretch>> StretchesAsync(string series, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
        store.ReadAsync<IReadOnlyList<SeriesStretch>>(async (db, inner) =>
        {
            if (await IdAsync(db, series, inner) is not { } id) return [];
            var (start, end) = (from.ToUnixTimeSeconds(), until.ToUnixTimeSeconds());
            var counts = await db.Set<CountRow>().Where(c => c.Series == id && c.Start >= start && c.Start < end)
                .GroupBy(c => new { c.Start, c.Step }).Select(g => new { g.Key.Start, g.Key.Step, Bad = g.Sum(c => c.Bad), Total = g.Sum(c => c.Total) }).ToListAsync(inner);
            return [.. counts.OrderBy(c => c.Start).ThenBy(c => c.Step).Select(c => new SeriesStretch(DateTimeOffset.FromUnixTimeSeconds(c.Start), TimeSpan.FromSeconds(c.Step), new Tally(c.Bad, c.Total)))];
        }, cancel);

    /// <summary>Names of the series that begin with a text.</summary>
    public Task<IReadOnlyList<string>> NamesAsync(string prefix, CancellationToken cancel) =>
        store.ReadAsync<IReadOnlyList<string>>(async (db, inner) => await db.Set<SeriesRow>().Where(s => s.Name.StartsWith(prefix)).OrderBy(s => s.Name).Select(s => s.Name).ToListAsync(inner), cancel);

    /// <summary>Durations of a series between two times, of all writers together; null when nobody measured.</summary>
    public Task<LatencyHistogram?> DurationsAsync(string series, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) => store.ReadAsync(async (db, inner) =>
    {
        if (await IdAsync(db, series, inner) is not { } id) return null;
        var (start, end) = (from.ToUnixTimeSeconds(), until.ToUnixTimeSeconds());
        var rows = await db.Set<CountRow>().Where(c => c.Series == id && c.Start >= start && c.Start < end && c.Durations != null)
            .Select(c => c.Durations!).ToListAsync(inner);
        LatencyHistogram? sum = null;
        foreach (var row in rows) (sum ??= new()).Add(LatencyHistogram.FromBytes(row));
        return sum;
    }, cancel);

    /// <summary>Adds events to minutes, as part of a change that says itself that they are counted once.</summary>
    public async Task AddAsync(StateDb db, IReadOnlyList<(string Series, long Minute, Tally Events)> minutes, CancellationToken cancel)
    {
        var ids = await IdsAsync(db, minutes.Select(m => m.Series).Distinct(StringComparer.Ordinal), cancel);
        var rows = minutes.Select(m => new CountRow { Series = ids(m.Series), Step = 60, Start = m.Minute * 60, Writer = SeriesBook.Added, Bad = m.Events.Bad, Total = m.Events.Total });
        foreach (var chunk in rows.Chunk(RowsPerStatement)) await InsertAsync(db, chunk, "bad = indicators_counts.bad + excluded.bad, total = indicators_counts.total + excluded.total", cancel);
    }

    private static Task<long?> IdAsync(StateDb db, string series, CancellationToken cancel) =>
        db.Set<SeriesRow>().Where(s => s.Name == series).Select(s => (long?)s.Id).FirstOrDefaultAsync(cancel);

    /// <summary>Inserts rows or replaces those with the same key.</summary>
    internal static Task UpsertAsync(StateDb db, IReadOnlyList<CountRow> rows, CancellationToken cancel) =>
        InsertAsync(db, rows, "bad = excluded.bad, total = excluded.total, durations = excluded.durations", cancel);

    // One statement: both databases speak this dialect.
    private static async Task InsertAsync(StateDb db, IReadOnlyList<CountRow> rows, string onConflict, CancellationToken cancel)
    {
        if (rows.Count == 0) return;
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.Transaction = db.Database.CurrentTransaction!.GetDbTransaction();
        var text = new StringBuilder("INSERT INTO indicators_counts (series, step, start, writer, bad, total, durations) VALUES ");
        for (var i = 0; i < rows.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}(@s{i},@p{i},@t{i},@w{i},@b{i},@n{i},@d{i})");
            Add(command, $"@s{i}", rows[i].Series);
            Add(command, $"@p{i}", rows[i].Step);
            Add(command, $"@t{i}", rows[i].Start);
            Add(command, $"@w{i}", rows[i].Writer);
            Add(command, $"@b{i}", rows[i].Bad);
            Add(command, $"@n{i}", rows[i].Total);
            Add(command, $"@d{i}", rows[i].Durations, System.Data.DbType.Binary);
        }

        text.Append(CultureInfo.InvariantCulture, $" ON CONFLICT (series, step, start, writer) DO UPDATE SET {onConflict}");
#pragma warning disable CA2100 // Only numbers of parameters are put into the text, and one of the constants above.
        command.CommandText = text.ToString();
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync(cancel);
    }

    // Of two nodes that asked one after the other, each knows only its part.
    private static async Task CoverAsync(StateDb db, IReadOnlyList<SeriesCoverage> coverage, CancellationToken cancel)
    {
        foreach (var covered in coverage)
        {
            if (await db.Set<CoverageRow>().FirstOrDefaultAsync(c => c.Series == covered.Series, cancel) is { } row)
                (row.From, row.Until) = (Math.Min(row.From, covered.From), Math.Max(row.Until, covered.Until));
            else
                db.Add(new CoverageRow { Series = covered.Series, From = covered.From, Until = covered.Until });
        }
    }

    private static void Add(DbCommand command, string name, object? value, System.Data.DbType? type = null)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        if (type is { } known) parameter.DbType = known;
        command.Parameters.Add(parameter);
    }

    // Ids never change, so what was learnt once holds; what this change adds is known to others only once it is committed.
    private async Task<Func<string, long>> IdsAsync(StateDb db, IEnumerable<string> names, CancellationToken cancel)
    {
        var unknown = names.Where(n => !_ids.ContainsKey(n)).ToList();
        if (unknown.Count == 0) return name => _ids[name];
        var learnt = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var chunk in unknown.Chunk(500))
            foreach (var row in await db.Set<SeriesRow>().AsNoTracking().Where(s => chunk.Contains(s.Name)).ToListAsync(cancel)) learnt[row.Name] = row.Id;
        var next = (await db.Set<SeriesRow>().MaxAsync(s => (long?)s.Id, cancel) ?? 0) + 1;
        foreach (var name in unknown.Where(n => !learnt.ContainsKey(n)))
        {
            learnt[name] = next;
            db.Add(new SeriesRow { Id = next++, Name = name });
        }

        await db.SaveChangesAsync(cancel);
        db.OnCommitted(() =>
        {
            foreach (var (name, id) in learnt) _ids[name] = id;
        });
        return name => learnt.TryGetValue(name, out var id) ? id : _ids[name];
    }
}
