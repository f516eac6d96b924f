using Microsoft.EntityFrameworkCore;
using Tidegate.Core.Credentials;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Access;
using Tidegate.Platform.Security.Users;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Sessions;

/// <summary>Sessions live in the database, so that ending one ends it everywhere.</summary>
internal sealed class SessionStore(StateStore store, AuditTrail audit, CredentialCache cache, TimeProvider time)
{
    /// <summary>A session ends this long after the login, used or not.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(12);

    /// <summary>And this long after it was last used.</summary>
    public static readonly TimeSpan Idle = TimeSpan.FromHours(1);

    /// <summary>Begins a session; with it the new hash of a password whose cost was raised. Returns the secret for the cookie.</summary>
    public Task<(string Secret, Session Session)> BeginAsync(string user, string? address, string? renewedHash, CancellationToken cancel) =>
        store.ChangeAsync(async (db, inner) =>
        {
            var now = time.GetUtcNow();
            var secret = CredentialText.Create(CredentialText.Session);
            var session = new Session
            {
                Id = PublicId.Create('s'), Sha256 = CredentialText.Sha256(secret), User = user, CreatedAt = now, ExpiresAt = now + Longest, LastUsedAt = now, Address = address,
            };
            var row = await db.FindAsync<User>([user], inner);
            if (row is null || row.Disabled) throw new ProblemException(Problems.Conflict("user_gone", $"user {user}", "The user was removed meanwhile.", "Ask an admin.").Problem);
            row.LastLoginAt = now;
            if (renewedHash is not null) row.PasswordHash = renewedHash;
            // Old ones are swept here: no background work for a table of a few rows.
            await db.Set<Session>().Where(old => old.ExpiresAt <= now || old.LastUsedAt <= now - Idle).ExecuteDeleteAsync(inner);
            db.Add(session);
            await audit.AppendAsync(db, new AuditEntry(new Actor(ActorKind.User, user, session.Id, address), "session.begin", $"session/{session.Id}"), inner);
            return (secret, session);
        }, cancel);

    /// <summary>Ends one session, or all of the user.</summary>
    public Task EndAsync(Actor actor, string user, string? session, CancellationToken cancel) =>
        store.ChangeAsync(async (db, inner) =>
        {
            await db.Set<Session>().Where(row => row.User == user && (session == null || row.Id == session)).ExecuteDeleteAsync(inner);
            await audit.AppendAsync(db, new AuditEntry(actor, "session.end", session is null ? $"user/{user}" : $"session/{session}"), inner);
            db.OnCommitted(cache.Clear);
        }, cancel);
}
