using Microsoft.EntityFrameworkCore;
using Tidegate.Insight.Incidents;
using Tidegate.Insight.PostMortems.Entries;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Insight.PostMortems;

/// <summary>
/// Post-mortems, on disk: one for an incident. One that is mandatory is due until it is written and has an action item of priority P0 (the error budget policy of the SRE workbook, appendix B).
/// </summary>
public sealed class PostMortemStore
{
    /// <summary>Type of the event that a post-mortem became mandatory.</summary>
    public const string Required = "postmortems.required";

    /// <summary>Type of the event that an action item was added.</summary>
    public const string ActionAdded = "postmortems.action_added";

    /// <summary>Type of the event that a post-mortem was written, or written anew.</summary>
    public const string Written = "postmortems.written";

    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly EventLog _events;
    private readonly IncidentStore _incidents;
    private readonly TimeProvider _time;

    internal PostMortemStore(StateStore store, AuditTrail audit, EventLog events, IncidentStore incidents, TimeProvider time) => (_store, _audit, _events, _incidents, _time) = (store, audit, events, incidents, time);

    /// <summary>Newest first: those that are due, or all.</summary>
    public Task<IReadOnlyList<PostMortem>> ListAsync(bool all, int limit, CancellationToken cancel) => _store.SnapshotAsync<IReadOnlyList<PostMortem>>(async (db, inner) =>
    {
        IQueryable<PostMortemRow> found = db.Set<PostMortemRow>();
        if (!all) found = found.Where(p => p.RequiredAt != null && (p.WrittenAt == null || !db.Set<ActionRow>().Any(a => a.Incident == p.Incident && a.Priority == ActionPriority.P0)));
        var rows = await found.OrderByDescending(p => p.CreatedAt).ThenByDescending(p => p.Incident).Take(limit).ToListAsync(inner);
        var ids = rows.Select(r => r.Incident).ToList();
        var actions = (await db.Set<ActionRow>().Where(a => ids.Contains(a.Incident)).ToListAsync(inner)).ToLookup(a => a.Incident, StringComparer.Ordinal);
        return [.. rows.Select(r => r.ToPostMortem(actions[r.Incident]))];
    }, cancel);

    /// <summary>That of an incident; null when nobody has begun one.</summary>
    public Task<PostMortem?> FindAsync(string incident, CancellationToken cancel) => _store.SnapshotAsync(async (db, inner) => await RowAsync(db, incident, inner) is { } row ? await ReadAsync(db, row, inner) : null, cancel);

    /// <summary>Makes that of an incident mandatory. Whoever did so first holds. Null when there is no such incident.</summary>
    public Task<PostMortem?> RequireAsync(string incident, string reason, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(author);
        PostMortemCheck.Reason(reason);
        return ChangeAsync(incident, async (db, row, now, inner) =>
        {
            if (row.RequiredAt is not null) return;
            (row.RequiredAt, row.RequiredBy, row.Reason) = (now, author.Name, reason);
            await _audit.AppendAsync(db, new AuditEntry(author, "postmortems.require", $"incident/{row.Incident}", null, new { reason }), inner);
            await _events.AppendAsync(db, new NewEvent($"{row.Incident}/postmortem/required", Required, $"incident/{row.Incident}", now, new { Text = $"A post-mortem with at least one P0 action item is mandatory: {reason}", By = author.Name }), inner);
        }, cancel);
    }

    /// <summary>Adds an action item. Null when there is no such incident; throws a <see cref="ProblemException"/> when it cannot be taken.</summary>
    public Task<PostMortem?> AddAsync(string incident, ActionItemRequest action, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(action);
        ArgumentNullException.ThrowIfNull(author);
        PostMortemCheck.Action(action);
        return ChangeAsync(incident, async (db, row, now, inner) =>
        {
            var last = await db.Set<ActionRow>().Where(a => a.Incident == row.Incident).MaxAsync(a => (int?)a.Number, inner) ?? 0;
            if (last >= PostMortemCheck.MostActions)
                throw new ProblemException(Problems.Conflict("too_many", $"post-mortem of {row.Incident}", $"It has {last} action items, which is the most there may be.", "Nobody does that many: say what matters, in the text.").Problem);
            db.Add(new ActionRow { Incident = row.Incident, Number = last + 1, Title = action.Title, Priority = action.Priority, Owner = action.Owner, Due = action.Due, AddedAt = now, AddedBy = author.Name });
            await _audit.AppendAsync(db, new AuditEntry(author, "postmortems.add_action", $"incident/{row.Incident}", null, action), inner);
            await _events.AppendAsync(db, new NewEvent($"{row.Incident}/postmortem/action/{last + 1}", ActionAdded, $"incident/{row.Incident}", now, new { Text = $"{action.Priority}: {action.Title}", By = author.Name, action.Owner, action.Due }), inner);
        }, cancel);
    }

    /// <summary>
    /// Writes the text, or writes it anew. Null when there is no such incident; throws a <see cref="ProblemException"/> when the text cannot be taken, and when the post-mortem is mandatory and has no
    /// action item of priority P0.
    /// </summary>
    public Task<PostMortem?> WriteAsync(string incident, string text, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(author);
        PostMortemCheck.Text(text);
        return ChangeAsync(incident, async (db, row, now, inner) =>
        {
            if (row.RequiredAt is not null && !await db.Set<ActionRow>().AnyAsync(a => a.Incident == row.Incident && a.Priority == ActionPriority.P0, inner))
                throw new ProblemException(Problems.Conflict("no_p0_action", $"post-mortem of {row.Incident}", $"It is mandatory ({row.Reason}), and such a post-mortem has at least one action item of priority P0.", $"'tidegate postmortems action {row.Incident} \"WHAT IS TO BE DONE\" --priority p0' adds one; then write it again.").Problem);
            var before = row.WrittenAt is null ? null : new { row.WrittenAt, row.WrittenBy, row.Text };
            (row.Text, row.WrittenAt, row.WrittenBy) = (text, now, author.Name);
            await _audit.AppendAsync(db, new AuditEntry(author, "postmortems.write", $"incident/{row.Incident}", before, new { row.Text }), inner);
            await _events.AppendAsync(db, new NewEvent($"{row.Incident}/postmortem/written/{now.UtcTicks}", Written, $"incident/{row.Incident}", now, new { Text = "The post-mortem is written.", By = author.Name }), inner);
        }, cancel);
    }

    private async Task<PostMortem?> ChangeAsync(string id, Func<StateDb, PostMortemRow, DateTimeOffset, CancellationToken, Task> change, CancellationToken cancel)
    {
        // An incident is never removed: looked up before, it is still there.
        if (await _incidents.BriefAsync(id, cancel) is not { } incident) return null;
        var now = _time.GetUtcNow();
        return await _store.ChangeAsync(async (db, inner) =>
        {
            var row = await RowAsync(db, incident.Id, inner);
            if (row is null) db.Add(row = new PostMortemRow { Incident = incident.Id, Title = incident.Title, CreatedAt = now });
            await change(db, row, now, inner);
            await db.SaveChangesAsync(inner);
            return await ReadAsync(db, row, inner);
        }, cancel);
    }

    private static Task<PostMortemRow?> RowAsync(StateDb db, string incident, CancellationToken cancel) => db.Set<PostMortemRow>().FirstOrDefaultAsync(p => p.Incident == incident, cancel);

    private static async Task<PostMortem> ReadAsync(StateDb db, PostMortemRow row, CancellationToken cancel) => row.ToPostMortem(await db.Set<ActionRow>().Where(a => a.Incident == row.Incident).ToListAsync(cancel));
}
