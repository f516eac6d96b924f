using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tidegate.Insight.Objectives.Alerting;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Objectives;

/// <summary>Alerts, on disk. An alert is there before anybody is told, and an event tells of it in the same change that marks it as told.</summary>
public sealed class AlertStore
{
    /// <summary>Type of the event that an alert fires.</summary>
    public const string Fired = "objectives.alert_fired";

    /// <summary>Type of the event that an alert has ended.</summary>
    public const string Resolved = "objectives.alert_resolved";

    private readonly StateStore _store;
    private readonly EventLog _events;

    internal AlertStore(StateStore store, EventLog events) => (_store, _events) = (store, events);

    internal Task Ready => _store.Ready;

    /// <summary>Newest first: those that fire, or all.</summary>
    public async Task<IReadOnlyList<Alert>> ListAsync(bool all, DateTimeOffset? before, int limit, CancellationToken cancel)
    {
        var rows = await _store.ReadAsync((db, inner) =>
        {
            IQueryable<AlertRow> alerts = db.Set<AlertRow>();
            if (!all) alerts = alerts.Where(a => a.ResolvedAt == null);
            if (before is { } border) alerts = alerts.Where(a => a.FiredAt < border.ToUniversalTime());
            return alerts.OrderByDescending(a => a.FiredAt).ThenBy(a => a.Id).Take(limit).ToListAsync(inner);
        }, cancel);
        return [.. rows.Select(r => r.ToAlert())];
    }

    /// <summary>Alerts of some objectives that fired at any moment of a time, oldest first.</summary>
    public async Task<IReadOnlyList<Alert>> BetweenAsync(IReadOnlyCollection<string> objectives, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel)
    {
        var (begin, end) = (from.ToUniversalTime(), until.ToUniversalTime());
        var rows = await _store.ReadAsync((db, inner) => db.Set<AlertRow>().Where(a => objectives.Contains(a.Objective) && a.FiredAt < end && (a.ResolvedAt == null || a.ResolvedAt > begin))
            .OrderBy(a => a.FiredAt).ThenBy(a => a.Id).ToListAsync(inner), cancel);
        return [.. rows.Select(r => r.ToAlert())];
    }

    /// <summary>One alert; null when there is none.</summary>
    public async Task<Alert?> FindAsync(string id, CancellationToken cancel) =>
        (await _store.ReadAsync((db, inner) => db.Set<AlertRow>().FirstOrDefaultAsync(a => a.Id == id, inner), cancel))?.ToAlert();

    /// <summary>Alerts that fire and were not told of yet: those of a process that ended in between.</summary>
    internal async Task<IReadOnlyList<Alert>> UnannouncedAsync(CancellationToken cancel) =>
        [.. (await _store.ReadAsync((db, inner) => db.Set<AlertRow>().Where(a => !a.Announced).OrderBy(a => a.FiredAt).ToListAsync(inner), cancel)).Select(a => a.ToAlert())];

    /// <summary>Writes an alert down; nothing when it is there.</summary>
    internal Task FireAsync(Alert alert, CancellationToken cancel) => _store.ChangeAsync(async (db, inner) =>
    {
        if (!await db.Set<AlertRow>().AnyAsync(a => a.Id == alert.Id, inner)) db.Add(AlertRow.Of(alert));
    }, cancel);

    /// <summary>Tells of an alert, with what was found out about it.</summary>
    internal Task AnnounceAsync(Alert alert, CancellationToken cancel) => _store.ChangeAsync(async (db, inner) =>
    {
        var row = await db.Set<AlertRow>().FirstOrDefaultAsync(a => a.Id == alert.Id, inner);
        if (row is null or { Announced: true }) return;
        row.Announced = true;
        row.Content = JsonSerializer.Serialize(alert, ApiJson.Options);
        await _events.AppendAsync(db, new NewEvent($"{alert.Id}/fired", Fired, Subject(alert), alert.FiredAt, alert), inner);
        // It ended before it could be told of: both are told, in order.
        if (row.ResolvedAt is { } ended) await ResolvedAsync(db, alert with { ResolvedAt = ended }, inner);
    }, cancel);

    /// <summary>Writes down that an alert has ended; null when it had ended before.</summary>
    internal Task ResolveAsync(string id, DateTimeOffset at, CancellationToken cancel) => _store.ChangeAsync(async (db, inner) =>
    {
        var row = await db.Set<AlertRow>().FirstOrDefaultAsync(a => a.Id == id && a.ResolvedAt == null, inner);
        if (row is null) return;
        row.ResolvedAt = at;
        if (row.Announced) await ResolvedAsync(db, row.ToAlert(), inner);
    }, cancel);

    private Task<bool> ResolvedAsync(StateDb db, Alert alert, CancellationToken cancel) =>
        _events.AppendAsync(db, new NewEvent($"{alert.Id}/resolved", Resolved, Subject(alert), alert.ResolvedAt!.Value, alert), cancel);

    private static string Subject(Alert alert) => $"slo/{alert.Slo}";
}
