using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tidegate.Operations.Delivery.Freezing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Operations.Delivery;

/// <summary>Services that are not to be released to, on disk. The gate refuses them; nothing else does.</summary>
public sealed class Freezes
{
    /// <summary>Type of the event that a freeze begins.</summary>
    public const string Started = "delivery.freeze_started";

    /// <summary>Type of the event that a freeze was ended, by somebody or by its time.</summary>
    public const string Ended = "delivery.freeze_ended";

    private const int Most = 1000, Longest = 2000, LongestName = 300;

    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly EventLog _events;
    private readonly TimeProvider _time;

    internal Freezes(StateStore store, AuditTrail audit, EventLog events, TimeProvider time) => (_store, _audit, _events, _time) = (store, audit, events, time);

    /// <summary>Newest first: those that hold, or all. Null for <paramref name="service"/> means every service.</summary>
    public async Task<IReadOnlyList<Freeze>> ListAsync(string? service, bool all, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        var rows = await _store.ReadAsync((db, inner) =>
        {
            IQueryable<FreezeRow> freezes = db.Set<FreezeRow>();
            if (service is not null) freezes = freezes.Where(f => f.Service == service);
            if (!all) freezes = freezes.Where(f => f.EndedAt == null);
            return freezes.OrderByDescending(f => f.StartedAt).ThenBy(f => f.Id).Take(Most).ToListAsync(inner);
        }, cancel);
        return [.. rows.Select(r => r.ToFreeze()).Where(f => all || f.IsOpen(now))];
    }

    /// <summary>Begins a freeze, or gives the one that was begun with the same key: one that has ended does not come back. Throws a <see cref="ProblemException"/> when the request makes no sense.</summary>
    public Task<Freeze> StartAsync(FreezeRequest request, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(author);
        var now = _time.GetUtcNow();
        if (string.IsNullOrWhiteSpace(request.Service)) throw new ProblemException(Problems.BadRequest("service", "A freeze needs a service.").Problem);
        if (string.IsNullOrWhiteSpace(request.Reason)) throw new ProblemException(Problems.BadRequest("reason", "A freeze needs a reason: whoever is refused reads it.").Problem);
        if (request.Until <= now) throw new ProblemException(Problems.BadRequest("until", "The freeze would be over before it begins.", "Give an instant that is to come.").Problem);
        foreach (var (path, text, longest) in new[] { ("service", request.Service, LongestName), ("reason", request.Reason, Longest), ("evidence", request.Evidence, Longest * 4), ("key", request.Key, Longest) })
            RequestText.Assert(path, text, longest);
        return _store.ChangeAsync(async (db, inner) =>
        {
            if (request.Key is { Length: > 0 } key && await db.Set<FreezeRow>().FirstOrDefaultAsync(f => f.Key == key && f.Service == request.Service, inner) is { } known) return known.ToFreeze();
            var row = new FreezeRow
            {
                Id = "f_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8)),
                Service = request.Service,
                Reason = request.Reason,
                Author = author.Name,
                Evidence = request.Evidence,
                StartedAt = now,
                Until = request.Until?.ToUniversalTime(),
                Exceptions = string.Join(',', request.Exceptions.Distinct()),
                Key = request.Key ?? "",
            };
            db.Add(row);
            var freeze = row.ToFreeze();
            await _audit.AppendAsync(db, new AuditEntry(author, "delivery.freeze", $"freeze/{row.Id}", null, freeze), inner);
            await _events.AppendAsync(db, new NewEvent($"{row.Id}/started", Started, $"service/{row.Service}", now, freeze), inner);
            return freeze;
        }, cancel);
    }

    /// <summary>Ends a freeze; null when there is none that holds.</summary>
    public Task<Freeze?> EndAsync(string id, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(author);
        var now = _time.GetUtcNow();
        return _store.ChangeAsync(async (db, inner) =>
        {
            var row = await db.Set<FreezeRow>().FirstOrDefaultAsync(f => f.Id == id && f.EndedAt == null, inner);
            if (row is null || !row.ToFreeze().IsOpen(now)) return null;
            var before = row.ToFreeze();
            (row.EndedAt, row.EndedBy) = (now, author.Name);
            await _audit.AppendAsync(db, new AuditEntry(author, "delivery.unfreeze", $"freeze/{id}", before, row.ToFreeze()), inner);
            await EndedAsync(db, row, inner);
            return row.ToFreeze();
        }, cancel);
    }

    /// <summary>Tells of freezes whose time is over: they hold no longer whether they were told of or not. True while there is one whose time will be.</summary>
    internal async Task<bool> ExpireAsync(CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        var ends = await _store.ReadAsync((db, inner) => db.Set<FreezeRow>().Where(f => f.EndedAt == null && f.Until != null).Select(f => f.Until!.Value).ToListAsync(inner), cancel);
        if (!ends.Any(end => end <= now)) return ends.Count > 0;
        await _store.ChangeAsync(async (db, inner) =>
        {
            foreach (var row in await db.Set<FreezeRow>().Where(f => f.EndedAt == null && f.Until <= now).ToListAsync(inner))
            {
                (row.EndedAt, row.EndedBy) = (row.Until, "its time");
                await EndedAsync(db, row, inner);
            }
        }, cancel);
        return ends.Any(end => end > now);
    }

    private Task<bool> EndedAsync(StateDb db, FreezeRow row, CancellationToken cancel) =>
        _events.AppendAsync(db, new NewEvent($"{row.Id}/ended", Ended, $"service/{row.Service}", row.EndedAt!.Value, row.ToFreeze()), cancel);
}
