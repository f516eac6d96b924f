using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Diff;
using Tidegate.Core.Resources.Reading;
using Tidegate.Core.Resources.Writing;
using Tidegate.Platform.Audit;
using Tidegate.Platform.ConfigStore.Publishing;
using Tidegate.Platform.ConfigStore.Revisions;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.ConfigStore;

/// <summary>
/// Revisions of the configuration: plan, apply, history. A revision is committed before anything runs by it, and a call returns only after this
/// node has been told of it.
/// </summary>
public sealed class RevisionStore
{
    private const int Attempts = 20;
    private static readonly TimeSpan AdviceLimit = TimeSpan.FromSeconds(5);

    private readonly StateStore _store;
    private readonly AuditTrail _audit;
    private readonly ConfigPublisher _publisher;
    private readonly TimeProvider _time;
    private readonly ReadMemory _memory;
    private readonly CandidateCheck _check;
    private readonly Func<IEnumerable<IPlanAdvice>> _advice;
    private volatile Rejection? _rejected;

    internal RevisionStore(StateStore store, AuditTrail audit, ConfigPublisher publisher, ReadMemory memory, CandidateCheck check, TimeProvider time, Func<IEnumerable<IPlanAdvice>>? advice = null) =>
        (_store, _audit, _publisher, _memory, _check, _time, _advice) = (store, audit, publisher, memory, check, time, advice ?? (static () => []));

    /// <summary>The last candidate that was refused; null when the newest one was taken.</summary>
    public Rejection? Rejected => _rejected;

    /// <summary>What <see cref="ApplyAsync"/> would do; changes nothing. At most <paramref name="most"/> objects of each kind of change are spelled out.</summary>
    public async Task<Plan> PlanAsync(Candidate candidate, int most, CancellationToken cancel)
    {
        var (parent, before) = await HeadAsync(cancel);
        AssertParent(candidate.Parent, parent);
        var read = _check.Check(_memory.Read(candidate, before), candidate, before);
        var diff = read.Document is null ? null : DocumentDiff.Between(before, read.Document, most);
        IReadOnlyList<Finding> findings = read.Document is null ? read.Findings : [.. read.Findings, .. await AdviseAsync(read.Document, before, cancel)];
        return new Plan(parent, diff is not null, diff?.Summary ?? "", diff?.Total ?? 0, diff?.Changes ?? [], findings);
    }

    // Whoever plans waits for it, so not for long; and what cannot be looked at is said.
    private async Task<IReadOnlyList<Finding>> AdviseAsync(ConfigDocument document, ConfigDocument before, CancellationToken cancel)
    {
        var found = new List<Finding>();
        foreach (var advice in _advice())
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
            limit.CancelAfter(AdviceLimit);
            try
            {
                found.AddRange(await advice.AdviseAsync(document, before, limit.Token));
            }
            catch (Exception error) when (!cancel.IsCancellationRequested)
            {
                var why = error is OperationCanceledException ? $"it took longer than {AdviceLimit.TotalSeconds:0} s" : error.Message.TrimEnd('.');
                found.Add(new Finding(FindingSeverity.Warning, "not_looked_at", "", "", $"Whether the traffic that was recorded fits could not be looked at: {why}. The plan is complete otherwise.", null));
            }
        }

        return found;
    }

    /// <summary>Makes the candidate the configuration, or throws a <see cref="ProblemException"/> and changes nothing.</summary>
    public async Task<Applied> ApplyAsync(Candidate candidate, Actor author, CancellationToken cancel)
    {
        for (int attempt = 1; ; attempt++)
        {
            var (parent, before) = await HeadAsync(cancel);
            AssertParent(candidate.Parent, parent);
            var read = _check.Check(_memory.Read(candidate, before), candidate, before);
            if (read.Document is null)
            {
                _rejected = new Rejection(_time.GetUtcNow(), author.Name, read.Findings);
                throw new ProblemException(Problems.Invalid(read.Findings).Problem);
            }

            // Somebody else committed since we looked: look again, unless the caller said what they had looked at.
            if (await CommitAsync(parent, before, read.Document, candidate.Message, "config.apply", author, cancel) is { } done)
            {
                _rejected = null;
                _memory.Forget();
                return new Applied(done.Revision, done.Changed, read.Findings);
            }

            if (candidate.Parent is not null || attempt == Attempts) AssertParent(parent, (await HeadAsync(cancel)).Number);
        }
    }

    /// <summary>Makes an older document the configuration again, as a new revision.</summary>
    public async Task<Applied> RollbackAsync(long to, long? expected, string message, Actor author, CancellationToken cancel)
    {
        var target = await DocumentAsync(to, cancel);
        var check = DocumentReader.Check(target);
        if (check.Document is null) throw new ProblemException(Problems.Invalid(check.Findings).Problem);
        if (_check.Node(target) is { Count: > 0 } unresolved) throw new ProblemException(Problems.Invalid(unresolved).Problem);
        var (parent, before) = await HeadAsync(cancel);
        AssertParent(expected, parent);
        var text = message.Length > 0 ? message : $"Rollback to revision {to}";
        var done = await CommitAsync(parent, before, target, text, "config.rollback", author, cancel);
        if (done is not { } revision)
        {
            AssertParent(parent, (await HeadAsync(cancel)).Number);
            throw new InvalidOperationException("The head moved back.");
        }

        return new Applied(revision.Revision, revision.Changed, check.Findings);
    }

    /// <summary>Newest first.</summary>
    public Task<IReadOnlyList<Revision>> ListAsync(long? below, int limit, CancellationToken cancel) =>
        _store.ReadAsync<IReadOnlyList<Revision>>(async (db, inner) =>
        {
            var rows = db.Set<RevisionRow>().Where(r => below == null || r.Number < below).OrderByDescending(r => r.Number).Take(limit);
            return await rows.Select(r => new Revision(r.Number, r.Parent, r.Author, r.Message, r.Time, r.Hash, r.Summary)).ToListAsync(inner);
        }, cancel);

    /// <summary>The revision, or null.</summary>
    public async Task<Revision?> FindAsync(long number, CancellationToken cancel) =>
        (await ListAsync(number + 1, 1, cancel)).FirstOrDefault(r => r.Number == number);

    /// <summary>The document of a revision; revision 0 is empty. Throws a <see cref="ProblemException"/> (404) when there is none.</summary>
    public async Task<ConfigDocument> DocumentAsync(long number, CancellationToken cancel)
    {
        if (number == 0) return ConfigDocument.Empty;
        var packed = await _store.ReadAsync((db, inner) => db.Set<RevisionRow>().Where(r => r.Number == number).Select(r => r.Document).FirstOrDefaultAsync(inner), cancel);
        return packed is null
            ? throw new ProblemException(Problems.NotFound($"revision {number}", "List them with 'tidegate revisions'.").Problem)
            : DocumentBytes.Unpack(packed, $"revision {number}");
    }

    /// <summary>What differs between two revisions.</summary>
    public async Task<DocumentDiff> DiffAsync(long from, long to, CancellationToken cancel) =>
        DocumentDiff.Between(await DocumentAsync(from, cancel), await DocumentAsync(to, cancel));

    /// <summary>Number and document of the revision in force. The document is parsed again only when it is not the one this node runs.</summary>
    internal async Task<(long Number, ConfigDocument Document)> HeadAsync(CancellationToken cancel)
    {
        var number = await _store.ReadAsync((db, inner) => db.Set<RevisionRow>().MaxAsync(r => (long?)r.Number, inner), cancel) ?? 0;
        var known = _publisher.Revision;
        return known?.Number == number ? (number, known.Document) : (number, await DocumentAsync(number, cancel));
    }

    /// <summary>The new revision, committed and published; null when another one than <paramref name="parent"/> is in force by now.</summary>
    private async Task<(Revision Revision, bool Changed)?> CommitAsync(
        long parent, ConfigDocument before, ConfigDocument document, string message, string action, Actor author, CancellationToken cancel)
    {
        var canonical = DocumentBytes.Canonical(document);
        var hash = DocumentWriter.Hash(canonical);
        var packed = DocumentBytes.Pack(canonical);
        var summary = DocumentDiff.Between(before, document, most: 0).Summary;
        Task published = Task.CompletedTask;
        var result = await _store.ChangeAsync<(Revision Revision, bool Changed)?>(async (db, inner) =>
        {
            var head = await db.Set<RevisionRow>().OrderByDescending(r => r.Number).Take(1)
                .Select(r => new Revision(r.Number, r.Parent, r.Author, r.Message, r.Time, r.Hash, r.Summary)).FirstOrDefaultAsync(inner);
            if ((head?.Number ?? 0) != parent) return null;
            if (head is not null && head.Hash == hash) return (head, false);
            var row = new RevisionRow
            {
                Number = parent + 1, Parent = parent, Author = author.Name, Message = message, Time = _time.GetUtcNow(), Hash = hash, Summary = summary, Document = packed,
            };
            db.Add(row);
            await _audit.AppendAsync(db, new AuditEntry(author, action, $"revision/{row.Number}", head is null ? null : new { head.Number, head.Hash }, new { row.Number, row.Hash, row.Summary, row.Message }), inner);
            db.OnCommitted(() => published = _publisher.Take(new PublishedRevision(row.Number, document)));
            return (row.ToRevision(), true);
        }, cancel);
        await published;
        return result;
    }

    private static void AssertParent(long? expected, long inForce)
    {
        if (expected is not { } number || number == inForce) return;
        throw new ProblemException(Problems.Conflict(
            "revision_conflict", $"revision {inForce}", $"Your change was made from revision {number}, but revision {inForce} is in force.",
            $"Look at what happened ('tidegate diff {number} {inForce}'), plan again, and apply with revision {inForce} as parent.").Problem);
    }
}
