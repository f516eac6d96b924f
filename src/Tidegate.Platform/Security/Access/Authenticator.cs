using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Credentials;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Sessions;
using Tidegate.Platform.Security.Tokens;
using Tidegate.Platform.Security.Users;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Access;

/// <summary>Proves who a token or session is. Both are found by the SHA-256 of 256 random bits, so no comparison can leak anything by its time.</summary>
internal sealed class Authenticator(StateStore store, CredentialCache cache, LastUsed lastUsed, TimeProvider time)
{
    /// <summary>Null: not valid (never issued, expired, revoked, or its user is gone); which of these is nobody's business.</summary>
    public async Task<Identity?> ProveAsync(string secret, HttpContext context, CancellationToken cancel)
    {
        var kind = CredentialText.HasPrefix(CredentialText.Session, secret) ? CredentialText.Session : CredentialText.Token;
        if (!CredentialText.IsWellFormed(kind, secret)) return null;
        var sha256 = CredentialText.Sha256(secret);
        var identity = cache.Find(sha256, CredentialCache.Fresh) ?? await ReadAsync(kind, sha256, cancel);
        if (identity is null || identity.ExpiresAt <= time.GetUtcNow()) return null;
        lastUsed.Note(identity.Actor.Credential!);
        return identity with { Actor = identity.Actor with { Address = context.Connection.RemoteIpAddress?.ToString() } };
    }

    private async Task<Identity?> ReadAsync(string kind, string sha256, CancellationToken cancel)
    {
        try
        {
            var generation = cache.Generation;
            var identity = kind == CredentialText.Session ? await SessionAsync(sha256, cancel) : await TokenAsync(sha256, cancel);
            if (identity is not null) cache.Put(sha256, identity, generation);
            return identity;
        }
        catch (StateUnavailableException) when (cache.Find(sha256, CredentialCache.WhileAway) is { } lately)
        {
            return lately;
        }
    }

    private Task<Identity?> SessionAsync(string sha256, CancellationToken cancel) => store.ReadAsync(async (db, inner) =>
    {
        var now = time.GetUtcNow();
        var found = await (
            from session in db.Set<Session>()
            join user in db.Set<User>() on session.User equals user.Name
            where session.Sha256 == sha256 && !user.Disabled
            select new { session, user }).SingleOrDefaultAsync(inner);
        if (found is null || found.session.ExpiresAt <= now || found.session.LastUsedAt <= now - SessionStore.Idle) return null;
        return new Identity(new Actor(ActorKind.User, found.user.Name, found.session.Id), found.user.Name, found.user.Role, null, found.session.ExpiresAt);
    }, cancel);

    private Task<Identity?> TokenAsync(string sha256, CancellationToken cancel) => store.ReadAsync(async (db, inner) =>
    {
        var now = time.GetUtcNow();
        var found = await (
            from token in db.Set<ApiToken>()
            join user in db.Set<User>() on token.Owner equals user.Name
            where token.Sha256 == sha256 && token.RevokedAt == null && !user.Disabled
            select new { token, user }).SingleOrDefaultAsync(inner);
        if (found is null || found.token.ExpiresAt <= now) return null;
        var role = (Role)Math.Min((int)found.token.Role, (int)found.user.Role);
        IReadOnlySet<string>? scopes = found.token.Scopes.Count == 0 ? null : found.token.Scopes.ToHashSet(StringComparer.Ordinal);
        return new Identity(new Actor(ActorKind.Token, found.user.Name, found.token.Id), found.user.Name, role, scopes, found.token.ExpiresAt);
    }, cancel);
}
