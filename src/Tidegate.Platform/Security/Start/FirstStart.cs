using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Passwords;
using Tidegate.Platform.Security.Tokens;
using Tidegate.Platform.Security.Users;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Start;

/// <summary>Makes the first admin when there are no users at all, and new credentials for one whose first were never shown.</summary>
internal sealed class FirstStart(
    StateStore store, AuditTrail audit, TokenStore tokens, PasswordGate gate, FirstLogin result, UnshownMark mark, TimeProvider time) : BackgroundService
{
    public const string AdminName = "admin";

    /// <summary>Awaited when the database is there, so that whoever starts the process can show the result right away.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        if (store.Ready.IsCompletedSuccessfully) await RunAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await store.Ready.WaitAsync(stoppingToken);
        if (!result.Created.IsCompleted) await RunAsync(stoppingToken);
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        // Asked before the expensive hash, and again inside the change: two nodes may start at once.
        var any = await store.ReadAsync((db, inner) => db.Set<User>().AnyAsync(inner), cancel);
        if (any && !mark.IsSet)
        {
            result.Set(null, null);
            return;
        }

        mark.Set();
        var password = PasswordRules.Random();
        var hash = await gate.HashAsync(password, cancel);
        var token = await store.ChangeAsync((db, inner) => any ? RenewAsync(db, hash, inner) : MakeAsync(db, hash, inner), cancel);
        if (token is null) mark.Clear();
        result.Set(token is null ? null : new FirstCredentials(AdminName, password, token), mark.Clear);
    }

    // Null when there is somebody already.
    private async Task<string?> MakeAsync(StateDb db, string hash, CancellationToken cancel)
    {
        if (await db.Set<User>().AnyAsync(cancel)) return null;
        var user = UserStore.New(AdminName, Role.Admin, hash, time.GetUtcNow());
        db.Add(user);
        await audit.AppendAsync(db, new AuditEntry(Self, "user.add", $"user/{AdminName}", null, UserView.Of(user)), cancel);
        return await TokenAsync(db, cancel);
    }

    // Null when the credentials were known to somebody after all: nothing of theirs is touched.
    private async Task<string?> RenewAsync(StateDb db, string hash, CancellationToken cancel)
    {
        var users = await db.Set<User>().Take(2).ToListAsync(cancel);
        if (users is not [{ Name: AdminName, LastLoginAt: null, Disabled: false } user]) return null;
        var issued = await db.Set<ApiToken>().ToListAsync(cancel);
        if (issued.Exists(token => token.LastUsedAt is not null)) return null;
        var (now, before) = (time.GetUtcNow(), UserView.Of(user));
        user.PasswordHash = hash;
        user.PasswordChangedAt = now;
        await audit.AppendAsync(db, new AuditEntry(Self, "user.password", $"user/{AdminName}", before, UserView.Of(user)), cancel);
        foreach (var token in issued.Where(token => token.RevokedAt is null))
        {
            var valid = TokenView.Of(token, now);
            token.RevokedAt = now;
            await audit.AppendAsync(db, new AuditEntry(Self, "token.revoke", $"token/{token.Id}", valid, TokenView.Of(token, now)), cancel);
        }

        return await TokenAsync(db, cancel);
    }

    private async Task<string> TokenAsync(StateDb db, CancellationToken cancel) =>
        (await tokens.CreateAsync(db, Self, new NewToken("first start", AdminName, Role.Admin, [], null), cancel)).Secret;

    private static Actor Self => Actor.System("first-start");
}
