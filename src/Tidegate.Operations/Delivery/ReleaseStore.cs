using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Tidegate.Operations.Delivery.Releasing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Events;
using Tidegate.Platform.Storage;

namespace Tidegate.Operations.Delivery;

/// <summary>Releases, on disk: told of by pipelines and people, or seen in the traffic.</summary>
public sealed class ReleaseStore
{
    /// <summary>Type of the event that a release begins.</summary>
    public const string Started = "delivery.release_started";

    /// <summary>Type of the event that a release has ended.</summary>
    public const string Finished = "delivery.release_finished";

    /// <summary>Type of the event that a version nobody told of is in the traffic.</summary>
    public const string Seen = "delivery.release_seen";

    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly EventLog _events;
    private readonly TimeProvider _time;

    internal ReleaseStore(StateStore store, AuditTrail audit, EventLog events, TimeProvider time) => (_store, _audit, _events, _time) = (store, audit, events, time);

    internal Task Ready => _store.Ready;

    /// <summary>Newest first.</summary>
    public async Task<IReadOnlyList<Release>> ListAsync(string? service, DateTimeOffset? before, int limit, CancellationToken cancel)
    {
        var rows = await _store.ReadAsync((db, inner) =>
        {
            IQueryable<ReleaseRow> releases = db.Set<ReleaseRow>();
            if (service is not null) releases = releases.Where(r => r.Service == service);
            if (before is { } border) releases = releases.Where(r => r.StartedAt < border.ToUniversalTime());
            return releases.OrderByDescending(r => r.StartedAt).ThenBy(r => r.Id).Take(limit).ToListAsync(inner);
        }, cancel);
        return [.. rows.Select(r => r.ToRelease())];
    }

    /// <summary>Releases that were under way at some time of a range, newest first.</summary>
    public async Task<IReadOnlyList<Release>> BetweenAsync(DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken cancel)
    {
        var (begin, end) = (from.ToUniversalTime(), until.ToUniversalTime());
        var rows = await _store.ReadAsync((db, inner) => db.Set<ReleaseRow>().Where(r => r.StartedAt <= end && (r.StartedAt >= begin || r.FinishedAt >= begin))
            .OrderByDescending(r => r.StartedAt).ThenBy(r => r.Id).Take(limit).ToListAsync(inner), cancel);
        return [.. rows.Select(r => r.ToRelease())];
    }

    /// <summary>Services that have releases, each once.</summary>
    internal async Task<IReadOnlyList<string>> ServicesAsync(CancellationToken cancel) => await _store.ReadAsync((db, inner) => db.Set<ReleaseRow>().Select(r => r.Service).Distinct().ToListAsync(inner), cancel);

    /// <summary>Versions that were released, each once.</summary>
    internal async Task<IReadOnlyList<string>> VersionsAsync(CancellationToken cancel) => await _store.ReadAsync((db, inner) => db.Set<ReleaseRow>().Select(r => r.Version).Distinct().ToListAsync(inner), cancel);

    /// <summary>One release; null when there is none.</summary>
    public async Task<Release?> FindAsync(string id, CancellationToken cancel) =>
        (await _store.ReadAsync((db, inner) => db.Set<ReleaseRow>().FirstOrDefaultAsync(r => r.Id == id, inner), cancel))?.ToRelease();

    /// <summary>Begins a release; a pipeline that tells twice of the same service, version and change has one while it runs.</summary>
    public Task<Release> StartAsync(ReleaseRequest request, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(author);
        ReleaseCheck.Assert(request);
        return _store.ChangeAsync((db, inner) => StartAsync(db, request, author, inner), cancel);
    }

    /// <summary>Begins a release within a change: it is there with what else the change does, or not at all.</summary>
    internal async Task<Release> StartAsync(StateDb db, ReleaseRequest request, Actor author, CancellationToken cancel)
    {
        ReleaseCheck.Assert(request);
        if (await db.Set<ReleaseRow>().FirstOrDefaultAsync(
            r => r.Service == request.Service && r.Version == request.Version && r.Change == request.Change && r.State == ReleaseState.Running, cancel) is { } running)
            return running.ToRelease();
        var row = new ReleaseRow
        {
            Id = NewId(), Service = request.Service, Version = request.Version, Change = request.Change, Commit = request.Commit, Url = request.Url?.AbsoluteUri, Message = request.Message,
            Author = author.Name, State = ReleaseState.Running, StartedAt = _time.GetUtcNow(),
        };
        db.Add(row);
        var release = row.ToRelease();
        await _audit.AppendAsync(db, new AuditEntry(author, "delivery.release_start", $"release/{row.Id}", null, release), cancel);
        await _events.AppendAsync(db, new NewEvent($"{row.Id}/started", Started, $"service/{row.Service}", row.StartedAt, release), cancel);
        return release;
    }

    /// <summary>Ends a release; null when there is none. One that has ended keeps its end.</summary>
    public Task<Release?> FinishAsync(string id, ReleaseFinish finish, Actor author, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(finish);
        ArgumentNullException.ThrowIfNull(author);
        ReleaseCheck.Assert(finish);
        return _store.ChangeAsync((db, inner) => FinishAsync(db, id, finish, author, inner), cancel);
    }

    /// <summary>Ends a release within a change: with what else the change does, or not at all.</summary>
    internal async Task<Release?> FinishAsync(StateDb db, string id, ReleaseFinish finish, Actor author, CancellationToken cancel)
    {
        ReleaseCheck.Assert(finish);
        if (await db.Set<ReleaseRow>().FirstOrDefaultAsync(r => r.Id == id, cancel) is not { } row) return null;
        if (row.FinishedAt is not null) return row.ToRelease();
        var before = row.ToRelease();
        (row.State, row.FinishedAt) = (finish.Result, _time.GetUtcNow());
        if (finish.Message.Length > 0) row.Message = finish.Message;
        var release = row.ToRelease();
        await _audit.AppendAsync(db, new AuditEntry(author, "delivery.release_finish", $"release/{id}", before, release), cancel);
        await _events.AppendAsync(db, new NewEvent($"{id}/finished", Finished, $"service/{row.Service}", row.FinishedAt.Value, release), cancel);
        return release;
    }

    /// <summary>Notes that a version is in the traffic, unless somebody told of it before. Asked by every node.</summary>
    internal Task NoteAsync(string service, string version, CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        return _store.ChangeAsync(async (db, inner) =>
        {
            if (await db.Set<ReleaseRow>().AnyAsync(r => r.Service == service && r.Version == version, inner)) return;
            var row = new ReleaseRow
            {
                Id = NewId(), Service = service, Version = version, Change = "", Commit = "", Message = "First seen in the traffic.", Author = "traffic", State = ReleaseState.Seen,
                StartedAt = now, FinishedAt = now,
            };
            db.Add(row);
            await _events.AppendAsync(db, new NewEvent($"{row.Id}/seen", Seen, $"service/{service}", now, row.ToRelease()), inner);
        }, cancel);
    }

    /// <summary>Whether anything is known of a version.</summary>
    internal Task<bool> IsKnownAsync(string service, string version, CancellationToken cancel) =>
        _store.ReadAsync((db, inner) => db.Set<ReleaseRow>().AnyAsync(r => r.Service == service && r.Version == version, inner), cancel);

    private static string NewId() => "r_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
}
