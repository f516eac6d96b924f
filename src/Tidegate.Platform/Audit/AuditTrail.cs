using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Audit.Chain;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Audit;

/// <summary>The trail of every change: rows that are chained by hashes, written in the transaction of the change itself.</summary>
public sealed partial class AuditTrail
{
    private readonly StateStore _store;
    private readonly AnchorFile _anchor;
    private readonly TimeProvider _time;
    private readonly ILogger<AuditTrail> _logger;

    internal AuditTrail(StateStore store, AnchorFile anchor, TimeProvider time, ILogger<AuditTrail> logger)
    {
        _store = store;
        _anchor = anchor;
        _time = time;
        _logger = logger;
    }

    /// <summary>
    /// Adds a row to the change that <paramref name="db"/> is part of (inside <see cref="StateStore.ChangeAsync{T}"/>): both are committed or neither.
    /// </summary>
    public async Task AppendAsync(StateDb db, AuditEntry entry, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(db);
        ArgumentNullException.ThrowIfNull(entry);
        // Safe to read and add one: ChangeAsync holds the write lock of the whole database.
        var head = await db.FindAsync<AuditHead>([AuditHead.TheOnly], cancel);
        if (head is null)
        {
            head = new AuditHead { Chain = _store.Installation, Hash = AuditHash.Genesis(_store.Installation) };
            db.Add(head);
        }

        var row = Row(head.Sequence + 1, entry);
        row = row with { Hash = AuditHash.Of(head.Hash, row) };
        db.Add(row);
        head.Sequence = row.Sequence;
        head.Hash = row.Hash;
        db.OnCommitted(() => Remember(head.Chain, row));
    }

    /// <summary>A change that has no other data: the row alone.</summary>
    public Task AppendAsync(AuditEntry entry, CancellationToken cancel) => _store.ChangeAsync((db, inner) => AppendAsync(db, entry, inner), cancel);

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<AuditRow>> ListAsync(AuditQuery query, CancellationToken cancel) =>
        _store.ReadAsync<IReadOnlyList<AuditRow>>(async (db, inner) => await AuditFilter.Apply(db.Set<AuditRow>(), query).ToListAsync(inner), cancel);

    /// <summary>
    /// Reads the whole trail and checks it against itself, against the head kept in the database, against the anchor file of this node, and
    /// against <paramref name="anchors"/> noted elsewhere.
    /// </summary>
    public Task<AuditVerification> VerifyAsync(IReadOnlyList<AuditAnchor> anchors, CancellationToken cancel) =>
        _store.SnapshotAsync((db, inner) => new ChainVerifier(db, _anchor, anchors).RunAsync(inner), cancel);

    private AuditRow Row(long sequence, AuditEntry entry)
    {
        var now = _time.GetUtcNow();
        return new AuditRow
        {
            Sequence = sequence,
            // Cut to what the databases keep, or the hash would not match what is read back.
            Time = now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMicrosecond)).ToUniversalTime(),
            ActorKind = entry.Actor.Kind.ToString().ToLowerInvariant(),
            Actor = Summary.Clean(entry.Actor.Name, 200),
            Credential = entry.Actor.Credential,
            Address = entry.Actor.Address,
            Action = entry.Action,
            Target = Summary.Clean(entry.Target, 400),
            Before = Summary.Of(entry.Before),
            After = Summary.Of(entry.After),
            Correlation = entry.Correlation ?? Activity.Current?.TraceId.ToHexString(),
            Hash = "",
        };
    }

    private void Remember(string chain, AuditRow row)
    {
        // The log usually leaves this machine: the third place that knows the hash.
        Log.Written(_logger, row.Sequence, row.Action, row.Target, row.Actor, row.Hash);
        _anchor.Write(chain, row.Sequence, row.Hash);
    }

    private static partial class Log
    {
        [LoggerMessage(2100, LogLevel.Information, "Audit {Sequence}: {Action} {Target} by {Actor}, hash {Hash}")]
        public static partial void Written(ILogger logger, long sequence, string action, string target, string actor, string hash);
    }
}
