using Microsoft.EntityFrameworkCore;
using Tidegate.Insight.InboundAlerts.Intake;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Events;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.InboundAlerts.Rows;

/// <summary>Takes alerts within one change of the database: each that fires is there once, and what becomes of it is an event in the same change.</summary>
internal sealed class IntakeChange
{
    private readonly StateDb _db;
    private readonly EventLog _events;
    private readonly string _installation;
    private readonly DateTimeOffset _now;
    private readonly Dictionary<string, InboundAlertRow> _firing;
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);

    private IntakeChange(StateDb db, EventLog events, string installation, DateTimeOffset now, Dictionary<string, InboundAlertRow> firing, int open) =>
        (_db, _events, _installation, _now, _firing, Open) = (db, events, installation, now, firing, open);

    /// <summary>How many fire by now.</summary>
    public int Open { get; private set; }

    /// <summary>Reads what is known of the alerts that are to be taken.</summary>
    public static async Task<IntakeChange> BeginAsync(StateDb db, EventLog events, string installation, IEnumerable<OutsideAlert> told, DateTimeOffset now, CancellationToken cancel)
    {
        var prints = told.Select(t => t.Fingerprint).Distinct(StringComparer.Ordinal).ToList();
        var firing = await db.Set<InboundAlertRow>().Where(r => r.ResolvedAt == null && prints.Contains(r.Fingerprint)).ToDictionaryAsync(r => r.Fingerprint, StringComparer.Ordinal, cancel);
        return new IntakeChange(db, events, installation, now, firing, await db.Set<InboundAlertRow>().CountAsync(r => r.ResolvedAt == null, cancel));
    }

    /// <summary>Takes one.</summary>
    public async Task<InboundAlertResult> TakeAsync(OutsideAlert told, CancellationToken cancel)
    {
        if (AlertMark.IsOf(told.Mark, _installation)) return InboundAlertResult.Own;
        if (_firing.TryGetValue(told.Fingerprint, out var row)) return await GoOnAsync(row, told, cancel);
        if (told.Word != OutsideWord.Fires) return InboundAlertResult.Unknown;
        if (Open >= IntakeLimits.MostOpen) return InboundAlertResult.Full;
        await FireAsync(told, cancel);
        return InboundAlertResult.Fired;
    }

    /// <summary>Writes down that one has ended, with the event.</summary>
    public static Task<bool> EndAsync(StateDb db, EventLog events, InboundAlertRow row, DateTimeOffset at, string? reason, CancellationToken cancel)
    {
        row.ResolvedAt = at;
        var alert = row.ToAlert() with { EndReason = reason };
        row.Write(alert);
        return events.AppendAsync(db, new NewEvent($"{row.Id}/resolved", InboundAlertStore.Resolved, Subject(alert), at, alert), cancel);
    }

    private async Task<InboundAlertResult> GoOnAsync(InboundAlertRow row, OutsideAlert told, CancellationToken cancel)
    {
        switch (told.Word)
        {
            case OutsideWord.Ended:
                var at = told.EndedAt ?? _now;
                await EndAsync(_db, _events, row, at > row.FiredAt ? at : row.FiredAt, null, cancel);
                _firing.Remove(told.Fingerprint);
                Open--;
                return InboundAlertResult.Resolved;
            case OutsideWord.Acknowledged:
                if (row.ToAlert() is not { AcknowledgedAt: null } before) return InboundAlertResult.Acknowledged;
                var taken = before with { AcknowledgedAt = _now };
                row.Write(taken);
                await _events.AppendAsync(_db, new NewEvent($"{row.Id}/acknowledged", InboundAlertStore.Acknowledged, Subject(taken), _now, taken), cancel);
                return InboundAlertResult.Acknowledged;
            default:
                row.HoldsUntil = told.HoldsUntil;
                // Values in texts change with every evaluation; what it is does not.
                row.Write(row.ToAlert() with { Summary = told.Summary, Annotations = told.Annotations, Link = told.Link, Runbook = told.Runbook });
                return InboundAlertResult.Again;
        }
    }

    private async Task FireAsync(OutsideAlert told, CancellationToken cancel)
    {
        // By when it came, not by when it began: programs tell again of the same beginning after an end.
        var stamp = _now.ToUnixTimeMilliseconds();
        string id;
        do id = $"inbound_{told.Fingerprint[..16]}_{stamp++}";
        while (_made.Contains(id) || await _db.Set<InboundAlertRow>().AnyAsync(r => r.Id == id, cancel));
        _made.Add(id);
        var alert = told.ToAlert(id, told.StartsAt < _now ? told.StartsAt : _now);
        var row = InboundAlertRow.Of(alert, told.Fingerprint, told.HoldsUntil);
        _db.Add(row);
        _firing[told.Fingerprint] = row;
        Open++;
        await _events.AppendAsync(_db, new NewEvent($"{id}/fired", InboundAlertStore.Fired, Subject(alert), _now, alert), cancel);
    }

    private static string Subject(Alert alert) => $"alert/{alert.Labels.GetValueOrDefault("alertname", alert.Id)}";
}
