using Microsoft.EntityFrameworkCore;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Access;
using Tidegate.Platform.Security.Sessions;
using Tidegate.Platform.Security.Tokens;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Users;

/// <summary>People. Every change is audited, and takes effect on their sessions and tokens at once.</summary>
internal sealed class UserStore(StateStore store, AuditTrail audit, CredentialCache cache, TimeProvider time)
{
    public Task<List<User>> ListAsync(string? after, int count, CancellationToken cancel) =>
        store.ReadAsync((db, inner) => db.Set<User>().Where(user => after == null || string.Compare(user.Name, after) > 0).OrderBy(user => user.Name).Take(count).ToListAsync(inner), cancel);

    public Task<User?> FindAsync(string name, CancellationToken cancel) =>
        store.ReadAsync((db, inner) => db.Set<User>().SingleOrDefaultAsync(user => user.Name == name, inner), cancel);

    public Task<UserView> AddAsync(Actor actor, string name, Role role, string passwordHash, CancellationToken cancel) =>
        store.ChangeAsync(async (db, inner) =>
        {
            if (await db.FindAsync<User>([name], inner) is not null)
                throw new ProblemException(Problems.Conflict("user_exists", $"user {name}", $"There is a user {name} already.", "Choose another name, or change that user.").Problem);
            var user = New(name, role, passwordHash, time.GetUtcNow());
            db.Add(user);
            await audit.AppendAsync(db, new AuditEntry(actor, "user.add", $"user/{name}", null, UserView.Of(user)), inner);
            return UserView.Of(user);
        }, cancel);

    public Task<UserView> SetRoleAsync(Actor actor, string name, Role role, CancellationToken cancel) =>
        ChangeAsync(actor, "user.role", name, async (db, user, inner) =>
        {
            if (user.Role == Role.Admin && role < Role.Admin) await AssertAnotherAdminAsync(db, user, inner);
            user.Role = role;
        }, cancel);

    public Task<UserView> SetDisabledAsync(Actor actor, string name, bool disabled, CancellationToken cancel) =>
        ChangeAsync(actor, disabled ? "user.disable" : "user.enable", name, async (db, user, inner) =>
        {
            if (disabled && user.Role == Role.Admin) await AssertAnotherAdminAsync(db, user, inner);
            user.Disabled = disabled;
            if (disabled) await EndSessionsAsync(db, name, null, inner);
        }, cancel);

    /// <summary>Sets the password and ends all sessions but <paramref name="keepSession"/>: whoever knew the old one is out.</summary>
    public Task<UserView> SetPasswordAsync(Actor actor, string name, string passwordHash, string? keepSession, CancellationToken cancel) =>
        ChangeAsync(actor, "user.password", name, async (db, user, inner) =>
        {
            user.PasswordHash = passwordHash;
            user.PasswordChangedAt = time.GetUtcNow();
            await EndSessionsAsync(db, name, keepSession, inner);
        }, cancel);

    public Task RemoveAsync(Actor actor, string name, CancellationToken cancel) =>
        store.ChangeAsync(async (db, inner) =>
        {
            var user = await GetAsync(db, name, inner);
            if (user.Role == Role.Admin) await AssertAnotherAdminAsync(db, user, inner);
            var now = time.GetUtcNow();
            await EndSessionsAsync(db, name, null, inner);
            // Revoked, not left: another person of the same name must not wake them up.
            await db.Set<ApiToken>().Where(token => token.Owner == name && token.RevokedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(token => token.RevokedAt, now), inner);
            db.Remove(user);
            await audit.AppendAsync(db, new AuditEntry(actor, "user.remove", $"user/{name}", UserView.Of(user)), inner);
            db.OnCommitted(cache.Clear);
        }, cancel);

    public static User New(string name, Role role, string passwordHash, DateTimeOffset now) =>
        new() { Name = name, Role = role, PasswordHash = passwordHash, CreatedAt = now, PasswordChangedAt = now };

    private Task<UserView> ChangeAsync(Actor actor, string action, string name, Func<StateDb, User, CancellationToken, Task> change, CancellationToken cancel) =>
        store.ChangeAsync(async (db, inner) =>
        {
            var user = await GetAsync(db, name, inner);
            var before = UserView.Of(user);
            await change(db, user, inner);
            var after = UserView.Of(user);
            await audit.AppendAsync(db, new AuditEntry(actor, action, $"user/{name}", before, after), inner);
            db.OnCommitted(cache.Clear);
            return after;
        }, cancel);

    private static async Task<User> GetAsync(StateDb db, string name, CancellationToken cancel) =>
        await db.FindAsync<User>([name], cancel) ?? throw new ProblemException(Problems.NotFound($"user {name}", "'tidegate users list' shows them.").Problem);

    private static async Task AssertAnotherAdminAsync(StateDb db, User user, CancellationToken cancel)
    {
        if (await db.Set<User>().AnyAsync(other => other.Name != user.Name && other.Role == Role.Admin && !other.Disabled, cancel)) return;
        throw new ProblemException(Problems.Conflict(
            "last_admin", $"user {user.Name}", $"{user.Name} is the last admin: nobody could manage people afterwards.", "Make somebody else admin first.").Problem);
    }

    private static Task<int> EndSessionsAsync(StateDb db, string name, string? keep, CancellationToken cancel) =>
        db.Set<Session>().Where(session => session.User == name && session.Id != keep).ExecuteDeleteAsync(cancel);
}
