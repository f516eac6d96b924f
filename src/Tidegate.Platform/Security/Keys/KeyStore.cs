using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Credentials;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Access;
using Tidegate.Platform.Security.Endpoints;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Keys;

/// <summary>Caller keys. Kept by hash; the gateway hears of every change when it is committed.</summary>
internal sealed class KeyStore(StateStore store, AuditTrail audit, IssuedKeys issued, TimeProvider time)
{
    public Task<List<CallerKey>> ListAsync(string? consumer, bool ended, TimeCursor? after, int count, CancellationToken cancel) =>
        store.ReadAsync((db, inner) =>
        {
            var now = time.GetUtcNow();
            var keys = db.Set<CallerKey>().Where(key => consumer == null || key.Consumer == consumer);
            if (!ended) keys = keys.Where(key => key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now));
            if (after is { } place) keys = keys.Where(key => key.CreatedAt < place.At || (key.CreatedAt == place.At && string.Compare(key.Id, place.Id) > 0));
            return keys.OrderByDescending(key => key.CreatedAt).ThenBy(key => key.Id).Take(count).ToListAsync(inner);
        }, cancel);

    public Task<CallerKey?> FindAsync(string id, CancellationToken cancel) =>
        store.ReadAsync((db, inner) => db.Set<CallerKey>().SingleOrDefaultAsync(key => key.Id == id, inner), cancel);

    public Task<KeyIssued> CreateAsync(Actor actor, NewKey wanted, CancellationToken cancel) =>
        store.ChangeAsync(async (db, inner) =>
        {
            var (secret, key) = await AddAsync(db, actor, wanted, inner);
            await audit.AppendAsync(db, new AuditEntry(actor, "key.create", $"key/{key.Id}", null, View(key)), inner);
            return new KeyIssued(secret, View(key));
        }, cancel);

    /// <summary>Issues a successor with the same consumer, scopes and name; the old key works for <paramref name="overlap"/> longer.</summary>
    public Task<KeyIssued> RotateAsync(Actor actor, string id, TimeSpan overlap, CancellationToken cancel) =>
        store.ChangeAsync(async (db, inner) =>
        {
            var old = await GetActiveAsync(db, id, inner);
            var before = View(old);
            var end = time.GetUtcNow() + overlap;
            // The life of the successor is as long as the old one's was meant to be.
            var life = old.ExpiresAt - old.CreatedAt;
            var (secret, key) = await AddAsync(db, actor, new NewKey(old.Consumer, old.Name, old.Scopes, life is null ? null : time.GetUtcNow() + life), inner);
            old.ReplacedBy = key.Id;
            // Never later than it would have ended anyway.
            old.ExpiresAt = old.ExpiresAt is { } already && already < end ? already : end;
            Touch(db, old, key.Version + 1);
            await audit.AppendAsync(db, new AuditEntry(actor, "key.rotate", $"key/{id}", before, new { Old = View(old), New = View(key) }), inner);
            return new KeyIssued(secret, View(key));
        }, cancel);

    /// <summary>Sets or moves the end of a key; null: never.</summary>
    public Task<KeyView> ExpireAsync(Actor actor, string id, DateTimeOffset? at, CancellationToken cancel) =>
        ChangeAsync(actor, "key.expire", id, key => key.ExpiresAt = at, cancel);

    /// <summary>Revokes: refused on every node as soon as it hears of it. Cannot be undone.</summary>
    public Task<KeyView> RevokeAsync(Actor actor, string id, CancellationToken cancel) =>
        ChangeAsync(actor, "key.revoke", id, key => key.RevokedAt = time.GetUtcNow(), cancel);

    private Task<KeyView> ChangeAsync(Actor actor, string action, string id, Action<CallerKey> change, CancellationToken cancel) =>
        store.ChangeAsync(async (db, inner) =>
        {
            var key = await GetActiveAsync(db, id, inner);
            var before = View(key);
            change(key);
            Touch(db, key, await NextVersionAsync(db, inner));
            await audit.AppendAsync(db, new AuditEntry(actor, action, $"key/{id}", before, View(key)), inner);
            return View(key);
        }, cancel);

    private async Task<(string Secret, CallerKey Key)> AddAsync(StateDb db, Actor actor, NewKey wanted, CancellationToken cancel)
    {
        var secret = CredentialText.Create(CredentialText.Key);
        var key = new CallerKey
        {
            Id = PublicId.Create('k'), Version = 0, Consumer = wanted.Consumer, Name = wanted.Name, Sha256 = CredentialText.Sha256(secret), Scopes = [.. wanted.Scopes],
            CreatedAt = time.GetUtcNow(), CreatedBy = actor.Name, ExpiresAt = wanted.ExpiresAt,
        };
        db.Add(key);
        Touch(db, key, await NextVersionAsync(db, cancel));
        return (secret, key);
    }

    private void Touch(StateDb db, CallerKey key, long version)
    {
        key.Version = version;
        db.OnCommitted(() => issued.Apply(key));
    }

    // Changes are one after the other, so the next number is nobody else's.
    private static async Task<long> NextVersionAsync(StateDb db, CancellationToken cancel) => (await db.Set<CallerKey>().MaxAsync(key => (long?)key.Version, cancel) ?? 0) + 1;

    private static async Task<CallerKey> GetActiveAsync(StateDb db, string id, CancellationToken cancel)
    {
        var key = await db.FindAsync<CallerKey>([id], cancel) ?? throw new ProblemException(Problems.NotFound($"key {id}", "'tidegate keys list' shows them.").Problem);
        if (key.RevokedAt is { } when) throw new ProblemException(Problems.Conflict("key_revoked", $"key {id}", $"The key was revoked at {when:u}.", "Issue a new one.").Problem);
        return key;
    }

    private KeyView View(CallerKey key) => KeyView.Of(key, time.GetUtcNow());
}

/// <summary>A key to be issued.</summary>
internal sealed record NewKey(string Consumer, string? Name, IReadOnlyList<string> Scopes, DateTimeOffset? ExpiresAt);
