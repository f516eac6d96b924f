using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Incidents.Entries;
using Tidegate.Insight.Notifications;
using Tidegate.Insight.Objectives;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.Incidents;

/// <summary>Incidents, on disk: one open for a cause, however many ask for it.</summary>
public sealed class IncidentStore
{
    /// <summary>Type of the event that an incident was opened.</summary>
    public const string Opened = "incidents.opened";

    /// <summary>Type of the event that somebody else asked for an incident that is open.</summary>
    public const string Joined = "incidents.joined";

    /// <summary>Type of the event that somebody takes care of an incident.</summary>
    public const string Acknowledged = "incidents.acknowledged";

    /// <summary>Type of the event that an incident was closed.</summary>
    public const string Closed = "incidents.closed";

    /// <summary>Longest title, in characters.</summary>
    public const int LongestTitle = 200;

    /// <summary>Longest note, in characters.</summary>
    public const int LongestNote = 10_000;

    // More than may be open from outside at a time.
    private const int MostOpenOutside = 10_000;

    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly EventLog _events;
    private readonly ObjectiveReader _objectives;
    private readonly AlertList _alerts;
    private readonly IEnumerable<IAlertSource> _outside;
    private readonly NotificationStore _notifications;
    private readonly TimeProvider _time;

    internal IncidentStore(
        StateStore store, AuditTrail audit, EventLog events, ObjectiveReader objectives, AlertList alerts, IEnumerable<IAlertSource> outside, NotificationStore notifications, TimeProvider time) =>
        (_store, _audit, _events, _objectives, _alerts, _outside, _notifications, _time) = (store, audit, events, objectives, alerts, outside, notifications, time);

    /// <summary>Newest first: those that are open, or all; without what they used of budgets.</summary>
    public async Task<IReadOnlyList<Incident>> ListAsync(bool all, string? service, long? below, int limit, CancellationToken cancel)
    {
        var rows = await _store.ReadAsync((db, inner) =>
        {
            IQueryable<IncidentRow> incidents = db.Set<IncidentRow>();
            if (!all) incidents = incidents.Where(i => i.ClosedAt == null);
            if (below is { } border) incidents = incidents.Where(i => i.Number < border);
            if (service is not null)
            {
                var quoted = IncidentRow.Quoted(service);
                incidents = incidents.Where(i => i.Services.Contains(quoted));
            }

            return incidents.OrderByDescending(i => i.Number).Take(limit).ToListAsync(inner);
        }, cancel);
        return [.. rows.Select(r => r.ToIncident([]))];
    }

    /// <summary>Incidents that were open at some time since then, newest first; without what they used.</summary>
    public async Task<IReadOnlyList<Incident>> SinceAsync(DateTimeOffset since, CancellationToken cancel)
    {
        var from = since.ToUniversalTime();
        var rows = await _store.ReadAsync((db, inner) => db.Set<IncidentRow>().Where(i => i.ClosedAt == null || i.ClosedAt >= from).OrderByDescending(i => i.Number).ToListAsync(inner), cancel);
        return [.. rows.Select(r => r.ToIncident([]))];
    }

    /// <summary>One incident with its notes, what it used of budgets, and which of its alerts fire; null when there is none.</summary>
    public async Task<Incident?> FindAsync(string id, CancellationToken cancel)
    {
        if (NumberOf(id) is not { } number) return null;
        var incident = await _store.SnapshotAsync(
            async (db, inner) => await db.Set<IncidentRow>().FirstOrDefaultAsync(i => i.Number == number, inner) is { } row
                ? row.ToIncident(await db.Set<NoteRow>().Where(n => n.Incident == number).ToListAsync(inner)) : null, cancel);
        return incident is null ? null : incident with { BudgetUsed = await UsedAsync(incident, cancel), Firing = await FiringAsync(incident, cancel) };
    }

    /// <summary>One incident as lists have it: without notes, what it used of budgets, and which of its alerts fire; null when there is none.</summary>
    public async Task<Incident?> BriefAsync(string id, CancellationToken cancel) =>
        NumberOf(id) is { } number ? (await _store.ReadAsync((db, inner) => db.Set<IncidentRow>().FirstOrDefaultAsync(i => i.Number == number, inner), cancel))?.ToIncident([]) : null;

    /// <summary>Share of each objective's budget that an incident used until it was closed, or until now.</summary>
    public async Task<IReadOnlyDictionary<string, double>> UsedAsync(Incident incident, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(incident);
        var used = new SortedDictionary<string, double>(StringComparer.Ordinal);
        foreach (var objective in incident.Objectives)
            if (await _objectives.UsedAsync(objective, incident.ImpactStart, incident.ClosedAt ?? _time.GetUtcNow(), cancel) is { } share) used[objective] = share;
        return used;
    }

    /// <summary>
    /// Opens an incident. Where one is open for one of its objectives, or for one of its services when it names no objective, the request joins that one: its alerts, services and
    /// objectives are added, and the worse severity holds. Pages from outside that fire for one of its services are among its alerts. Throws a <see cref="ProblemException"/> when the request makes no sense.
    /// </summary>
    public async Task<IncidentOpened> OpenAsync(IncidentRequest request, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(author);
        var now = _time.GetUtcNow();
        IncidentCheck.Assert(request, now);
        request = request with { Alerts = [.. request.Alerts, .. await OutsideAsync(request, cancel)] };
        return await _store.ChangeAsync(async (db, inner) =>
        {
            if (request.Key is { } key && await OfKeyAsync(db, key, inner) is { } known) return new IncidentOpened(known.ToIncident([]), false);
            var open = await db.Set<IncidentRow>().Where(i => i.ClosedAt == null).OrderBy(i => i.Number).ToListAsync(inner);
            if (open.FirstOrDefault(i => OneCause.Holds(i, request)) is { } same) return new IncidentOpened(await JoinAsync(db, same, request, author, now, inner), false);
            var row = new IncidentRow
            {
                Number = (await db.Set<IncidentRow>().MaxAsync(i => (long?)i.Number, inner) ?? 0) + 1,
                Title = request.Title,
                Severity = request.Severity.ToString(),
                Services = IncidentRow.Write(request.Services),
                Objectives = IncidentRow.Write(request.Objectives),
                Alerts = IncidentRow.Write(request.Alerts),
                Keys = IncidentRow.Write(request.Key is { } word ? [word] : []),
                ImpactStart = (request.ImpactStart ?? now).ToUniversalTime(),
                OpenedAt = now,
                OpenedBy = author.Name,
            };
            db.Add(row);
            var incident = row.ToIncident([]);
            await _audit.AppendAsync(db, new AuditEntry(author, "incidents.open", $"incident/{incident.Id}", null, new { incident.Title, incident.Severity, incident.Services, incident.Objectives }), inner);
            await _events.AppendAsync(db, new NewEvent($"{incident.Id}/opened", Opened, $"incident/{incident.Id}", now, incident), inner);
            return new IncidentOpened(incident, true);
        }, cancel);
    }

    /// <summary>
    /// Adds a page to the incidents that are open for its cause, as those are that fired when they were opened: for its objective, or for its service where an incident names no objective. What comes from
    /// outside has none, and joins by its service. Told twice, it is added once.
    /// </summary>
    internal Task JoinLaterAsync(Alert page, CancellationToken cancel) => _store.ChangeAsync(async (db, inner) =>
    {
        var (service, objective) = (IncidentRow.Quoted(page.Service), IncidentRow.Quoted(page.Objective));
        foreach (var row in await db.Set<IncidentRow>().Where(i => i.ClosedAt == null && (i.Services.Contains(service) || i.Objectives.Contains(objective))).ToListAsync(inner))
        {
            if (!OneCause.TryJoin(row, page)) continue;
            var incident = row.ToIncident([]);
            await _events.AppendAsync(db, new NewEvent($"{incident.Id}/joined/{page.Id}", Joined, $"incident/{incident.Id}", _time.GetUtcNow(), new { Title = page.Title ?? page.Summary, By = page.Origin, incident.Severity, incident.Alerts }), inner);
        }
    }, cancel);

    /// <summary>
    /// Somebody takes care of an incident: the first who says so holds. When people were told of it, by the first message about one of its alerts, is kept with it. Null when there is none; throws a
    /// <see cref="ProblemException"/> when it was closed without that.
    /// </summary>
    public async Task<Incident?> AcknowledgeAsync(string id, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(author);
        if (NumberOf(id) is not { } number || await _store.ReadAsync((db, inner) => db.Set<IncidentRow>().FirstOrDefaultAsync(i => i.Number == number, inner), cancel) is not { } seen) return null;
        var (now, notified) = (_time.GetUtcNow(), await _notifications.FirstSentAsync(IncidentRow.Read(seen.Alerts), cancel));
        return await ChangeAsync(id, async (db, row, inner) =>
        {
            if (row.AcknowledgedAt is not null) return row.ToIncident([]);
            if (row.ClosedAt is not null) throw new ProblemException(Problems.Conflict("incident_closed", $"incident {id}", "The incident is closed: nobody has to take care of it.", $"'tidegate incidents note {id}' writes down what there is to say.").Problem);
            (row.AcknowledgedAt, row.AcknowledgedBy, row.NotifiedAt) = (now, author.Name, notified <= now ? notified : null);
            var incident = row.ToIncident([]);
            await _audit.AppendAsync(db, new AuditEntry(author, "incidents.acknowledge", $"incident/{id}", null, new { incident.NotifiedAt, incident.AcknowledgedAt }), inner);
            await _events.AppendAsync(db, new NewEvent($"{id}/acknowledged", Acknowledged, $"incident/{id}", now, new { Text = $"{author.Name} takes care of it.", By = author.Name, incident.NotifiedAt }), inner);
            return incident;
        }, cancel);
    }

    /// <summary>Closes an incident, with a last note if there is one. Null when there is none that is open.</summary>
    public Task<Incident?> CloseAsync(string id, string? note, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(author);
        if (note is not null) IncidentCheck.Assert(note);
        var now = _time.GetUtcNow();
        return ChangeAsync(id, async (db, row, inner) =>
        {
            if (row.ClosedAt is not null) return null;
            if (note is not null) await AddAsync(db, row, note, author, now, inner);
            (row.ClosedAt, row.ClosedBy) = (now, author.Name);
            var incident = row.ToIncident([]);
            await _audit.AppendAsync(db, new AuditEntry(author, "incidents.close", $"incident/{incident.Id}", new { incident.OpenedAt, incident.OpenedBy }, new { incident.ClosedAt, note }), inner);
            await _events.AppendAsync(db, new NewEvent($"{incident.Id}/closed", Closed, $"incident/{incident.Id}", now, incident), inner);
            return incident;
        }, cancel);
    }

    /// <summary>Writes something down about an incident, open or closed. Null when there is none.</summary>
    public Task<Incident?> NoteAsync(string id, string text, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(author);
        IncidentCheck.Assert(text);
        return ChangeAsync(id, async (db, row, inner) =>
        {
            await AddAsync(db, row, text, author, _time.GetUtcNow(), inner);
            await _audit.AppendAsync(db, new AuditEntry(author, "incidents.note", $"incident/{id}", null, new { text }), inner);
            return row.ToIncident([]);
        }, cancel);
    }

    private async Task<IReadOnlyList<string>> FiringAsync(Incident incident, CancellationToken cancel)
    {
        var firing = new List<string>();
        foreach (var id in incident.Alerts)
            if (await _alerts.FindAsync(id, cancel) is { ResolvedAt: null }) firing.Add(id);
        return firing;
    }

    /// <summary>Of what programs outside say, what pages for a service of the incident: as many as there is room for. When they began says nothing of when users began to be hurt: some fire for days.</summary>
    private async Task<IEnumerable<string>> OutsideAsync(IncidentRequest request, CancellationToken cancel)
    {
        var found = new List<string>();
        if (request.Services.Count == 0) return found;
        foreach (var source in _outside)
            found.AddRange((await source.ListAsync(all: false, null, MostOpenOutside, cancel)).Where(a => a.Severity == AlertSeverity.Page && request.Services.Contains(a.Service, StringComparer.Ordinal)).Select(a => a.Id));
        return found.Except(request.Alerts, StringComparer.Ordinal).Take(IncidentCheck.MostNames - request.Alerts.Count);
    }

    private Task<Incident?> ChangeAsync(string id, Func<StateDb, IncidentRow, CancellationToken, Task<Incident?>> change, CancellationToken cancel) => NumberOf(id) is not { } number
        ? Task.FromResult<Incident?>(null)
        : _store.ChangeAsync(async (db, inner) => await db.Set<IncidentRow>().FirstOrDefaultAsync(i => i.Number == number, inner) is { } row ? await change(db, row, inner) : null, cancel);

    private async Task<Incident> JoinAsync(StateDb db, IncidentRow row, IncidentRequest request, Actor author, DateTimeOffset now, CancellationToken cancel)
    {
        var before = row.ToIncident([]);
        OneCause.Join(row, request);
        var after = row.ToIncident([]);
        await _audit.AppendAsync(db, new AuditEntry(author, "incidents.join", $"incident/{after.Id}", new { before.Severity, before.Alerts }, new { after.Severity, after.Alerts, request.Title }), cancel);
        var id = request.Key ?? now.UtcTicks.ToString(CultureInfo.InvariantCulture);
        await _events.AppendAsync(db, new NewEvent($"{after.Id}/joined/{id}", Joined, $"incident/{after.Id}", now, new { request.Title, By = author.Name, after.Severity, after.Alerts }), cancel);
        return after;
    }

    private static async Task<IncidentRow?> OfKeyAsync(StateDb db, string key, CancellationToken cancel)
    {
        var quoted = IncidentRow.Quoted(key);
        return await db.Set<IncidentRow>().Where(i => i.Keys.Contains(quoted)).OrderByDescending(i => i.Number).FirstOrDefaultAsync(cancel);
    }

    private static async Task AddAsync(StateDb db, IncidentRow row, string text, Actor author, DateTimeOffset now, CancellationToken cancel)
    {
        var last = await db.Set<NoteRow>().Where(n => n.Incident == row.Number).MaxAsync(n => (int?)n.Sequence, cancel) ?? 0;
        db.Add(new NoteRow { Incident = row.Number, Sequence = last + 1, At = now, Author = author.Name, Text = text });
    }

    private static long? NumberOf(string id) =>
        id.StartsWith("inc_", StringComparison.Ordinal) && long.TryParse(id.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
