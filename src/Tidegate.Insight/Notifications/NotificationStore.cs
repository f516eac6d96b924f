using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Notifications;

/// <summary>Messages to targets, as people see and send them.</summary>
public sealed class NotificationStore
{
    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly OutboxSignal _signal;
    private readonly TimeProvider _time;

    internal NotificationStore(StateStore store, AuditTrail audit, OutboxSignal signal, TimeProvider time) => (_store, _audit, _signal, _time) = (store, audit, signal, time);

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Notification>> ListAsync(string? state, string? target, string? alert, int limit, CancellationToken cancel)
    {
        var rows = await _store.ReadAsync((db, inner) =>
        {
            IQueryable<OutboxRow> all = db.Set<OutboxRow>();
            if (state is not null) all = all.Where(r => r.State == state);
            if (target is not null) all = all.Where(r => r.Target == target);
            if (alert is not null) all = all.Where(r => r.Alert == alert);
            return all.OrderByDescending(r => r.CreatedAt).ThenBy(r => r.Id).Take(limit).ToListAsync(inner);
        }, cancel);
        return [.. rows.Select(r => r.ToNotification())];
    }

    /// <summary>When the first message that one of some alerts fires was sent; null when none was.</summary>
    public Task<DateTimeOffset?> FirstSentAsync(IReadOnlyCollection<string> alerts, CancellationToken cancel) => _store.ReadAsync(
        (db, inner) => db.Set<OutboxRow>().Where(r => alerts.Contains(r.Alert) && r.Kind != "resolved" && r.SentAt != null).MinAsync(r => r.SentAt, inner), cancel);

    /// <summary>Sends one again that was given up. False when there is no such one.</summary>
    public async Task<bool> RetryAsync(string id, Actor author, CancellationToken cancel)
    {
        var found = await _store.ChangeAsync(async (db, inner) =>
        {
            if (await db.Set<OutboxRow>().FirstOrDefaultAsync(r => r.Id == id && r.State == OutboxRow.Dead, inner) is not { } row) return false;
            (row.State, row.NextAt) = (OutboxRow.Pending, _time.GetUtcNow());
            await _audit.AppendAsync(db, new AuditEntry(author, "notifications.retry", $"notification/{id}"), inner);
            return true;
        }, cancel);
        _signal.Set();
        return found;
    }

    /// <summary>Sends a test to a target, which is in the configuration. Its id.</summary>
    public async Task<string> TestAsync(string target, Actor author, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        var id = $"test_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8))}";
        var notice = new AlertNotice
        {
            Alert = id, IsResolved = false, Severity = AlertSeverity.Ticket, FiredAt = now, Title = "Test of Tidegate", Summary = $"This is a test that {author.Name} sent. Nothing is wrong.",
            Labels = new Dictionary<string, string>(StringComparer.Ordinal) { ["severity"] = "ticket", ["alertname"] = "TidegateTest" },
        };
        await _store.ChangeAsync(async (db, inner) =>
        {
            db.Add(new OutboxRow { Id = $"{id}/test/{target}", Target = target, Alert = id, Kind = "test", State = OutboxRow.Pending, GroupKey = id, CreatedAt = now, NextAt = now, Notice = OutboxRow.Write(notice) });
            await _audit.AppendAsync(db, new AuditEntry(author, "notifications.test", $"NotificationTarget/{target}"), inner);
        }, cancel);
        _signal.Set();
        return $"{id}/test/{target}";
    }
}
