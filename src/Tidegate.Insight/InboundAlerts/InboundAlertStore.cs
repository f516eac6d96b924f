using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.InboundAlerts.Rows;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.InboundAlerts;

/// <summary>Alerts from outside, on disk. Whoever told one has the answer once it is there, with the event that tells of it: nothing that was taken is lost.</summary>
public sealed partial class InboundAlertStore : IAlertSource
{
    /// <summary>Type of the event that an alert fires.</summary>
    public const string Fired = "inbound_alerts.alert_fired";

    /// <summary>Type of the event that an alert has ended.</summary>
    public const string Resolved = "inbound_alerts.alert_resolved";

    /// <summary>Type of the event that somebody outside is at it.</summary>
    public const string Acknowledged = "inbound_alerts.alert_acknowledged";

    // A change holds the lock of the whole database: it shall be short.
    private const int PerChange = 100;

    private readonly StateStore _store;
    private readonly EventLog _events;
    private readonly InboundAlertCounts _counts;
    private readonly TimeProvider _time;
    private readonly ILogger<InboundAlertStore> _logger;

    internal InboundAlertStore(StateStore store, EventLog events, InboundAlertCounts counts, TimeProvider time, ILogger<InboundAlertStore> logger) =>
        (_store, _events, _counts, _time, _logger) = (store, events, counts, time, logger);

    internal Task Ready => _store.Ready;

    /// <summary>This installation, as it stands in the mark of alerts that went out.</summary>
    internal string Installation => _store.Installation;

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Alert>> ListAsync(bool all, DateTimeOffset? before, int limit, CancellationToken cancel)
    {
        var rows = await _store.ReadAsync((db, inner) =>
        {
            IQueryable<InboundAlertRow> alerts = db.Set<InboundAlertRow>();
            if (!all) alerts = alerts.Where(a => a.ResolvedAt == null);
            if (before is { } border) alerts = alerts.Where(a => a.FiredAt < border.ToUniversalTime());
            return alerts.OrderByDescending(a => a.FiredAt).ThenBy(a => a.Id).Take(limit).ToListAsync(inner);
        }, cancel);
        return [.. rows.Select(r => r.ToAlert())];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<Alert>> FiredAsync(DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var (begin, end) = (from.ToUniversalTime(), until.ToUniversalTime());
        var rows = await _store.ReadAsync((db, inner) => db.Set<InboundAlertRow>().Where(a => a.FiredAt >= begin && a.FiredAt < end).OrderBy(a => a.FiredAt).ThenBy(a => a.Id).ToListAsync(inner), cancel);
        return [.. rows.Select(r => r.ToAlert())];
    }

    /// <inheritdoc/>
    public async Task<Alert?> FindAsync(string id, CancellationToken cancel) =>
        (await _store.ReadAsync((db, inner) => db.Set<InboundAlertRow>().FirstOrDefaultAsync(a => a.Id == id, inner), cancel))?.ToAlert();

    /// <summary>Takes alerts as they were told; all of them are on disk when it returns. What each became, in the same order.</summary>
    internal async Task<IReadOnlyList<InboundAlertResult>> TakeAsync(IReadOnlyList<OutsideAlert> told, CancellationToken cancel)
    {
        var results = new List<InboundAlertResult>(told.Count);
        foreach (var chunk in told.Chunk(PerChange))
        {
            var (open, taken) = await _store.ChangeAsync(async (db, inner) =>
            {
                var change = await IntakeChange.BeginAsync(db, _events, _store.Installation, chunk, _time.GetUtcNow(), inner);
                var some = new List<InboundAlertResult>(chunk.Length);
                foreach (var alert in chunk) some.Add(await change.TakeAsync(alert, inner));
                return (change.Open, some);
            }, cancel);
            _counts.Open = open;
            foreach (var (alert, result) in chunk.Zip(taken))
            {
                _counts.Count(alert.Origin, result);
                if (result == InboundAlertResult.Fired) Log.Fired(_logger, alert.Severity, alert.Origin, alert.Title, AlertText.OneLine(alert.Summary, 500));
            }

            results.AddRange(taken);
        }

        return results;
    }

    /// <summary>Ends those that nobody spoke of again in time. How many ended.</summary>
    internal async Task<int> ExpireAsync(int most, CancellationToken cancel)
    {
        // Mostly there is nothing to do, and a look must not take the lock of the database.
        var now = _time.GetUtcNow();
        (_counts.Open, var isAnyDue) = await _store.ReadAsync(
            async (db, inner) => (await db.Set<InboundAlertRow>().CountAsync(r => r.ResolvedAt == null, inner), await db.Set<InboundAlertRow>().AnyAsync(r => r.ResolvedAt == null && r.HoldsUntil <= now, inner)), cancel);
        if (!isAnyDue) return 0;
        var ended = await _store.ChangeAsync(async (db, inner) =>
        {
            var due = await db.Set<InboundAlertRow>().Where(r => r.ResolvedAt == null && r.HoldsUntil <= now).OrderBy(r => r.HoldsUntil).Take(most).ToListAsync(inner);
            foreach (var row in due) await IntakeChange.EndAsync(db, _events, row, row.HoldsUntil, $"Nobody has said that it goes on: what was said of it last held until {row.HoldsUntil:u}.", inner);
            return due.Select(r => r.Origin).ToList();
        }, cancel);
        foreach (var origin in ended) _counts.Count(origin, InboundAlertResult.Expired);
        _counts.Open -= ended.Count;
        return ended.Count;
    }

    /// <summary>Forgets those that ended long ago.</summary>
    internal Task ForgetAsync(CancellationToken cancel) => _store.ChangeAsync(async (db, inner) =>
    {
        var old = _time.GetUtcNow() - IntakeLimits.Kept;
        await db.Set<InboundAlertRow>().Where(r => r.ResolvedAt != null && r.ResolvedAt < old).ExecuteDeleteAsync(inner);
    }, cancel);

    private static partial class Log
    {
        [LoggerMessage(3600, LogLevel.Error, "ALERT ({Severity}) from outside ({Origin}) {Title}: {Summary}")]
        public static partial void Fired(ILogger logger, AlertSeverity severity, string origin, string title, string summary);
    }
}
