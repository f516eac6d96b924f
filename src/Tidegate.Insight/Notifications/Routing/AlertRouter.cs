using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Core.Resources.Objectives.NotificationTargets;
using Tidegate.Insight.Notifications.Outbox;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Notifications.Routing;

/// <summary>Who is told of what: puts a message for each target that an alert is for into the outbox, or notes why not. However often it is asked, each is there once.</summary>
internal sealed class AlertRouter(StateStore store, IConfigSource config, TimeProvider time)
{
    /// <summary>An alert fires, or still does.</summary>
    /// <param name="notice">The alert.</param>
    /// <param name="firing">All alerts that fire, this one among them or not.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>True when something new is to be sent.</returns>
    public Task<bool> FiringAsync(AlertNotice notice, IReadOnlyList<AlertNotice> firing, CancellationToken cancel)
    {
        var (document, now) = (config.Current?.Document ?? ConfigDocument.Empty, time.GetUtcNow());
        var reason = Suppression.Of(notice, firing, document, now);
        return ForEachAsync(notice, document, async (db, target, inner) =>
        {
            var group = GroupOf(target.Spec.Group, notice);
            var id = Id(notice, "fired", target);
            var row = await db.Set<OutboxRow>().FirstOrDefaultAsync(r => r.Id == id, inner);
            if (row is null)
            {
                db.Add(New(id, notice, "fired", target, reason is null ? OutboxRow.Pending : OutboxRow.Suppressed, reason ?? "", now, reason is null ? await WhenAsync(db, notice, target, group, now, inner) : now));
                return reason is null;
            }

            // What kept it back is over, and it still fires.
            if (row.State == OutboxRow.Suppressed && reason is null)
            {
                (row.State, row.Reason, row.NextAt) = (OutboxRow.Pending, "", await WhenAsync(db, notice, target, group, now, inner));
                return true;
            }

            // Something else keeps it back by now.
            if (row.State == OutboxRow.Suppressed && reason is not null && row.Reason != reason) row.Reason = reason;
            return reason is null && await RepeatAsync(db, notice, target, row, now, inner);
        }, cancel);
    }

    /// <summary>An alert has ended: those who were told of it are told.</summary>
    public Task<bool> ResolvedAsync(AlertNotice notice, CancellationToken cancel)
    {
        var (document, now) = (config.Current?.Document ?? ConfigDocument.Empty, time.GetUtcNow());
        return ForEachAsync(notice, document, async (db, target, inner) =>
        {
            var (fired, id) = (Id(notice, "fired", target), Id(notice, "resolved", target));
            var known = await db.Set<OutboxRow>().FirstOrDefaultAsync(r => r.Id == fired, inner);
            if (!target.Spec.SendResolved || known is null or { State: OutboxRow.Suppressed } || await db.Set<OutboxRow>().AnyAsync(r => r.Id == id, inner)) return false;
            db.Add(New(id, notice, "resolved", target, OutboxRow.Pending, "", now, now));
            return true;
        }, cancel);
    }

    private async Task<bool> ForEachAsync(AlertNotice notice, ConfigDocument document, Func<StateDb, Resource<NotificationTargetConfig>, CancellationToken, Task<bool>> put, CancellationToken cancel)
    {
        var targets = document.OfKind<NotificationTargetConfig>().Where(t => IsFor(t, notice)).ToList();
        if (targets.Count == 0) return false;
        return await store.ChangeAsync(async (db, inner) =>
        {
            var any = false;
            foreach (var target in targets) any |= await put(db, target, inner);
            return any;
        }, cancel);
    }

    private static bool IsFor(Resource<NotificationTargetConfig> target, AlertNotice notice)
    {
        if (notice.Targets.Length > 0 && !notice.Targets.Split(',').Contains(target.Metadata.Name, StringComparer.Ordinal)) return false;
        if (notice is { IsAddressed: true, Targets.Length: > 0 }) return true;
        return (target.Spec.Severities.Count == 0 || target.Spec.Severities.Contains(notice.Severity))
            && (target.Spec.Services.Count == 0 || target.Spec.Services.Contains(notice.Label("service"), StringComparer.Ordinal));
    }

    // The first of a group waits for others; later ones until the group may be told of again.
    private static async Task<DateTimeOffset> WhenAsync(StateDb db, AlertNotice notice, Resource<NotificationTargetConfig> target, string group, DateTimeOffset now, CancellationToken cancel)
    {
        if (notice.IsAlone) return now;
        var name = target.Metadata.Name;
        var last = await db.Set<OutboxRow>().Where(r => r.Target == name && r.GroupKey == group && r.Kind != "resolved" && r.SentAt != null).MaxAsync(r => r.SentAt, cancel);
        var first = now + target.Spec.Group.Wait;
        return last is { } sent && sent + target.Spec.Group.Interval > first ? sent + target.Spec.Group.Interval : first;
    }

    private static async Task<bool> RepeatAsync(StateDb db, AlertNotice notice, Resource<NotificationTargetConfig> target, OutboxRow fired, DateTimeOffset now, CancellationToken cancel)
    {
        if (notice.IsAcknowledged || target.Spec.Group.Repeat <= TimeSpan.Zero || fired.SentAt is not { } sent) return false;
        var times = (long)((now - sent) / target.Spec.Group.Repeat);
        var id = Id(notice, $"repeat-{times}", target);
        if (times < 1 || await db.Set<OutboxRow>().AnyAsync(r => r.Id == id, cancel)) return false;
        db.Add(New(id, notice, "repeat", target, OutboxRow.Pending, "", now, now));
        return true;
    }

    private static OutboxRow New(string id, AlertNotice notice, string kind, Resource<NotificationTargetConfig> target, string state, string reason, DateTimeOffset now, DateTimeOffset next) => new()
    {
        Id = id, Target = target.Metadata.Name, Alert = notice.Alert, Kind = kind, State = state, Reason = reason, GroupKey = GroupOf(target.Spec.Group, notice),
        CreatedAt = now, NextAt = next, Notice = OutboxRow.Write(notice),
    };

    private static string Id(AlertNotice notice, string what, Resource<NotificationTargetConfig> target) => $"{notice.Alert}/{what}/{target.Metadata.Name}";

    // Always by severity, too: what wakes somebody must not wait behind a ticket.
    private static string GroupOf(NotificationGroupConfig group, AlertNotice notice) => notice.IsAlone
        ? $"alert={notice.Alert}"
        : string.Join(';', group.By.Where(l => l != "severity").Select(l => $"{l}={notice.Label(l)}").Append(notice.Severity == AlertSeverity.Page ? "severity=page" : "severity=ticket"));
}
