using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Resources.Objectives.AlertSets;
using Tidegate.Insight.Incidents.Entries;
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

    /// <summary>Type of the event that an incident was closed.</summary>
    public const string Closed = "incidents.closed";

    /// <summary>Longest title, in characters.</summary>
    public const int LongestTitle = 200;

    /// <summary>Longest note, in characters.</summary>
    public const int LongestNote = 10_000;

    private const int MostNames = 100;

    // More than may be open from outside at a time.
    private const int MostOpenOutside = 10_000;

    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly EventLog _events;
    private readonly ObjectiveReader _objectives;
    private readonly IEnumerable<IAlertSource> _outside;
    private readonly TimeProvider _time;

    internal IncidentStore(StateStore store, AuditTrail audit, EventLog events, ObjectiveReader objectives, IEnumerable<IAlertSource> outside, TimeProvider time) =>
        (_store, _audit, _events, _objectives, _outside, _time) = (store, audit, events, objectives, outside, time);

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

    /// <summary>One incident with its notes and what it used of budgets; null when there is none.</summary>
    public async Task<Incident?> FindAsync(string id, CancellationToken cancel)
    {
        if (NumberOf(id) is not { } number) return null;
        var incident = await _store.SnapshotAsync(
            async (db, inner) => await db.Set<IncidentRow>().FirstOrDefaultAsync(i => i.Number == number, inner) is { } row
                ? row.ToIncident(await db.Set<NoteRow>().Where(n => n.Incident == number).ToListAsync(inner)) : null, cancel);
        return incident is null ? null : incident with { BudgetUsed = await UsedAsync(incident, cancel) };
    }

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
        Assert(request, now);
        request = request with { Alerts = [.. request.Alerts, .. await OutsideAsync(request, cancel)] };
        return await _store.ChangeAsync(async (db, inner) =>
        {
            if (request.Key is { } key && await OfKeyAsync(db, key, inner) is { } known) return new IncidentOpened(known.ToIncident([]), false);
            var open = await db.Set<IncidentRow>().Where(i => i.ClosedAt == null).OrderBy(i => i.Number).ToListAsync(inner);
            if (open.FirstOrDefault(i => IsSameCause(i, request)) is { } same) return new IncidentOpened(await JoinAsync(db, same, request, author, now, inner), false);
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

    /// <summary>Closes an incident, with a last note if there is one. Null when there is none that is open.</summary>
    public Task<Incident?> CloseAsync(string id, string? note, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(author);
        if (note is not null) Assert(note);
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
        Assert(text);
        return ChangeAsync(id, async (db, row, inner) =>
        {
            await AddAsync(db, row, text, author, _time.GetUtcNow(), inner);
            await _audit.AppendAsync(db, new AuditEntry(author, "incidents.note", $"incident/{id}", null, new { text }), inner);
            return row.ToIncident([]);
        }, cancel);
    }

    /// <summary>Of what programs outside say, what pages for a service of the incident: as many as there is room for. When they began says nothing of when users began to be hurt: some fire for days.</summary>
    private async Task<IEnumerable<string>> OutsideAsync(IncidentRequest request, CancellationToken cancel)
    {
        var found = new List<string>();
        if (request.Services.Count == 0) return found;
        foreach (var source in _outside)
            found.AddRange((await source.ListAsync(all: false, null, MostOpenOutside, cancel)).Where(a => a.Severity == AlertSeverity.Page && request.Services.Contains(a.Service, StringComparer.Ordinal)).Select(a => a.Id));
        return found.Except(request.Alerts, StringComparer.Ordinal).Take(MostNames - request.Alerts.Count);
    }

    private Task<Incident?> ChangeAsync(string id, Func<StateDb, IncidentRow, CancellationToken, Task<Incident?>> change, CancellationToken cancel) => NumberOf(id) is not { } number
        ? Task.FromResult<Incident?>(null)
        : _store.ChangeAsync(async (db, inner) => await db.Set<IncidentRow>().FirstOrDefaultAsync(i => i.Number == number, inner) is { } row ? await change(db, row, inner) : null, cancel);

    private async Task<Incident> JoinAsync(StateDb db, IncidentRow row, IncidentRequest request, Actor author, DateTimeOffset now, CancellationToken cancel)
    {
        var before = row.ToIncident([]);
        row.Services = IncidentRow.Write([.. before.Services, .. request.Services]);
        row.Objectives = IncidentRow.Write([.. before.Objectives, .. request.Objectives]);
        row.Alerts = IncidentRow.Write([.. before.Alerts, .. request.Alerts]);
        if (request.Key is { } key) row.Keys = IncidentRow.Write([.. IncidentRow.Read(row.Keys), key]);
        if (request.Severity < before.Severity) row.Severity = request.Severity.ToString();
        if (request.ImpactStart < before.ImpactStart) row.ImpactStart = request.ImpactStart.Value.ToUniversalTime();
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

    // Its objectives tell what it is about; a service only where there is none.
    private static bool IsSameCause(IncidentRow row, IncidentRequest request) => request.Objectives.Count > 0
        ? IncidentRow.Read(row.Objectives).Intersect(request.Objectives, StringComparer.Ordinal).Any() || (IncidentRow.Read(row.Objectives).Count == 0 && Meet(row, request))
        : Meet(row, request);

    private static bool Meet(IncidentRow row, IncidentRequest request) => IncidentRow.Read(row.Services).Intersect(request.Services, StringComparer.Ordinal).Any();

    private static async Task AddAsync(StateDb db, IncidentRow row, string text, Actor author, DateTimeOffset now, CancellationToken cancel)
    {
        var last = await db.Set<NoteRow>().Where(n => n.Incident == row.Number).MaxAsync(n => (int?)n.Sequence, cancel) ?? 0;
        db.Add(new NoteRow { Incident = row.Number, Sequence = last + 1, At = now, Author = author.Name, Text = text });
    }

    private static void Assert(IncidentRequest request, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(request.Title) || request.Title.Length > LongestTitle)
            throw new ProblemException(Problems.BadRequest("title", $"An incident needs a title of at most {LongestTitle} characters.").Problem);
        if (request.ImpactStart > now) throw new ProblemException(Problems.BadRequest("impactStart", "Users cannot have been hurt from a time that is to come.", "Leave it out for now.").Problem);
        foreach (var (path, names) in (ReadOnlySpan<(string, IReadOnlyList<string>)>)[("services", request.Services), ("objectives", request.Objectives), ("alerts", request.Alerts)])
            if (names.Count > MostNames || names.Any(n => string.IsNullOrWhiteSpace(n) || n.Length > 300)) throw new ProblemException(Problems.BadRequest(path, $"At most {MostNames} names, none of them empty or longer than 300 characters.").Problem);
    }

    private static void Assert(string note)
    {
        if (string.IsNullOrWhiteSpace(note) || note.Length > LongestNote) throw new ProblemException(Problems.BadRequest("note", $"A note has 1 to {LongestNote} characters.").Problem);
    }

    private static long? NumberOf(string id) =>
        id.StartsWith("inc_", StringComparison.Ordinal) && long.TryParse(id.AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
