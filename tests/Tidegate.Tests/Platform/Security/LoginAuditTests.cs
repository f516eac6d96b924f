using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Security.Login;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Security;

public sealed class LoginAuditOnSqliteTests() : LoginAuditTests(new SqliteTestDatabase());

public sealed class LoginAuditOnPostgresTests(PostgresServer server) : LoginAuditTests(new PostgresTestDatabase(server));

/// <summary>Issue: failed logins and lock-outs are audited, and strangers cannot grow the trail.</summary>
public abstract class LoginAuditTests(TestDatabase database) : SecurityScenario(database)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private AuditTrail Trail => Port.Services.GetRequiredService<AuditTrail>();

    [Fact]
    public async Task Login_FailedManyTimes_IsOneRowForTheFirstAndOneForTheLockOut()
    {
        for (var i = 0; i < 12; i++) await FailAsync("admin");

        Assert.Equal(["login.locked user/admin {\"failures\":6}", "login.failed user/admin "], await RowsAsync());
        var row = (await Trail.ListAsync(new AuditQuery { Action = "login.*" }, Cancel))[0];
        Assert.Equal(("anonymous", "127.0.0.1"), (row.ActorKind, row.Address));
        Assert.True((await Trail.VerifyAsync([], Cancel)).Sound);

        // After a success a new row of failures begins.
        Time.Advance(TimeSpan.FromMinutes(6));
        using (await LoginAsync("admin", Port.First!.Password)) { }
        await FailAsync("admin");
        Assert.Equal(3, (await RowsAsync()).Count);
    }

    [Fact]
    public async Task Login_NameOfNobody_IsNotWritten()
    {
        await FailAsync("my-secret-passphrase");

        Assert.Equal(["login.failed user/? "], await RowsAsync());
    }

    [Fact]
    public async Task Login_ManyNamesFromOneAddress_LocksTheAddressWithOneRow()
    {
        for (var i = 0; i < 30; i++) await FailAsync($"user{i}");

        Assert.Single(await RowsAsync(), row => row.StartsWith("login.locked address/127.0.0.1", StringComparison.Ordinal));
    }

    [Fact]
    public async Task FailedAsync_FromEverywhere_IsBoundedAndSaysSo()
    {
        var audit = Port.Services.GetRequiredService<LoginAudit>();

        for (var i = 0; i < 3 * LoginAudit.MostPerHour; i++) await audit.FailedAsync(null, $"203.0.113.{i % 250}", new LoginFailure(1, false, false, "x"));

        var rows = await RowsAsync();
        Assert.Equal(LoginAudit.MostPerHour, rows.Count);
        Assert.StartsWith("login.unlisted login/*", rows[0], StringComparison.Ordinal);
        Assert.True((await Trail.VerifyAsync([], Cancel)).Sound);

        Time.Advance(TimeSpan.FromHours(1));
        await FailAsync("admin");
        Assert.Equal("login.failed user/admin ", (await RowsAsync())[0]);
    }

    [Fact]
    public async Task Login_DatabaseLocked_IsStillRefusedAndLeavesTheChainIntact()
    {
        Assert.SkipUnless(Database is SqliteTestDatabase, "holds the lock of SQLite");
        await using (var holder = new SqliteConnection($"Data Source={Database.Directory.Combine("state.db")};Pooling=False"))
        {
            await holder.OpenAsync(Cancel);
            using var begin = holder.CreateCommand();
            begin.CommandText = "BEGIN IMMEDIATE";
            begin.ExecuteNonQuery();
            await FailAsync("admin");
        }

        Assert.Empty(await RowsAsync());
        Assert.True((await Trail.VerifyAsync([], Cancel)).Sound);
    }

    private async Task FailAsync(string user)
    {
        var (status, _, _) = await Port.Client().PostAsJsonAsync("login", new { user, password = "wrong" });
        Assert.True(status is 401 or 429, $"{status}");
    }

    private async Task<IReadOnlyList<string>> RowsAsync() =>
        [.. (await Trail.ListAsync(new AuditQuery { Action = "login.*", Limit = 500 }, Cancel)).Select(row => $"{row.Action} {row.Target} {row.After}")];
}
