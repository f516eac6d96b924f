using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Hosting;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Security.Passwords;
using Tidegate.Platform.Security.Tokens;
using Tidegate.Platform.Security.Users;
using Tidegate.Platform.Storage;

namespace Tidegate.Platform.Security.Start;

/// <summary>Makes the first admin when there are no users at all.</summary>
internal sealed class FirstStart(StateStore store, AuditTrail audit, TokenStore tokens, PasswordGate gate, FirstLogin result, TimeProvider time) : BackgroundService
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
        if (await store.ReadAsync((db, inner) => db.Set<User>().AnyAsync(inner), cancel))
        {
            result.Set(null);
            return;
        }

        var password = PasswordRules.Random();
        var hash = await gate.HashAsync(password, cancel);
        result.Set(await store.ChangeAsync(async (db, inner) =>
        {
            if (await db.Set<User>().AnyAsync(inner)) return null;
            var actor = Actor.System("first-start");
            var user = UserStore.New(AdminName, Role.Admin, hash, time.GetUtcNow());
            db.Add(user);
            await audit.AppendAsync(db, new AuditEntry(actor, "user.add", $"user/{AdminName}", null, UserView.Of(user)), inner);
            var token = await tokens.CreateAsync(db, actor, new NewToken("first start", AdminName, Role.Admin, [], null), inner);
            return new FirstCredentials(AdminName, password, token.Secret);
        }, cancel));
    }
}
