using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Platform.Audit;
using Tidegate.Platform.Security;
using Tidegate.Platform.Security.Access;
using Tidegate.Platform.Security.Passwords;
using Tidegate.Platform.Security.Users;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Security;

public sealed class LoginOnSqliteTests() : LoginTests(new SqliteTestDatabase());

public sealed class LoginOnPostgresTests(PostgresServer server) : LoginTests(new PostgresTestDatabase(server));

/// <summary>Logging in with a password, and what an attacker can learn or do there.</summary>
public abstract class LoginTests(TestDatabase database) : SecurityScenario(database)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task FirstStart_Credentials_WorkAndAreMadeOnce()
    {
        Assert.NotNull(Port.First);
        using (await LoginAsync("admin", Port.First.Password)) { }
        Assert.Equal(200, (await Port.Admin().GetAsJsonAsync("me")).Status);

        await using var again = await TestAdmin.StartAsync(Database, Time);
        Assert.Null(again.First);
    }

    [Fact]
    public async Task FirstStart_CredentialsNeverShown_AreMadeAnewUntilTheyAre()
    {
        await using var database = new SqliteTestDatabase();
        FirstCredentials lost, shown;
        await using (var failed = await TestAdmin.StartAsync(database, Time, shows: false)) lost = failed.First!;
        await using (var again = await TestAdmin.StartAsync(database, Time))
        {
            shown = again.First!;
            Assert.Equal(401, (await again.Client(lost.Token).GetAsJsonAsync("me")).Status);
            Assert.Equal(401, (await again.Client().PostAsJsonAsync("login", new { user = "admin", password = lost.Password })).Status);
            var (_, trail, _) = await again.Admin().GetAsJsonAsync("audit");
            Assert.Contains("user.password", trail!.ToJsonString());
            Assert.Contains("token.revoke", trail.ToJsonString());
        }

        await using var later = await TestAdmin.StartAsync(database, Time);

        Assert.Null(later.First);
        Assert.Equal(200, (await later.Client().PostAsJsonAsync("login", new { user = "admin", password = shown.Password })).Status);
    }

    [Fact]
    public async Task FirstStart_CredentialsInUse_AreNeverMadeAnew()
    {
        await using var database = new SqliteTestDatabase();
        await using (var port = await TestAdmin.StartAsync(database, Time, shows: false))
            Assert.Equal(200, (await port.Client().PostAsJsonAsync("login", new { user = "admin", password = port.First!.Password })).Status);

        await using var again = await TestAdmin.StartAsync(database, Time);

        Assert.Null(again.First);
    }

    [Fact]
    public async Task FirstStart_Credentials_AreNowhereInTheDatabase()
    {
        var store = Port.Services.GetRequiredService<StateStore>();
        var rows = await store.ReadAsync(async (db, inner) => await db.Set<User>().Select(user => user.PasswordHash).ToListAsync(inner), Cancel);
        Assert.All(rows, hash => Assert.DoesNotContain(Port.First!.Password, hash, StringComparison.Ordinal));
        foreach (var file in Directory.GetFiles(Database.Directory.Path))
        {
            var text = await File.ReadAllTextAsync(file, System.Text.Encoding.Latin1, Cancel);
            Assert.DoesNotContain(Port.First!.Password, text, StringComparison.Ordinal);
            Assert.DoesNotContain(Port.First.Token, text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Login_Cookie_IsHttpOnlyStrictAndHoldsNoToken()
    {
        var (status, body, answer) = await Port.Client().PostAsJsonAsync("login", new { user = "admin", password = Port.First!.Password });

        Assert.Equal(200, status);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=strict", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("path=/", cookie, StringComparison.OrdinalIgnoreCase);
        // The test port has no TLS; Secure would make browsers drop the cookie.
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("admin", body!["role"]!.GetValue<string>());
        Assert.DoesNotContain("tgs_", body.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Login_Refused_LooksTheSameForEveryReason()
    {
        (string user, string password)[] cases =
        [
            ("admin", "wrong password"),
            ("nobody", "wrong password"),
            ("", ""),
            ("admin", ""),
            ("Admin", "wrong password"),
            ("admin' OR '1'='1", "x"),
            ("admin\u0000", "x"),
            ("gone", Password),
        ];
        await UserAsync("gone", "viewer");
        await Port.Admin().CallAsync(HttpMethod.Put, "users/gone/disabled", new { disabled = true });
        foreach (var (user, password) in cases)
        {

            var (status, body, answer) = await Port.Client().PostAsJsonAsync("login", new { user, password });

            Assert.Equal(401, status);
            Assert.Equal("User name or password is wrong.", body!["detail"]!.GetValue<string>());
            Assert.False(answer.Headers.Contains("Set-Cookie"));
        }
    }

    [Fact]
    public async Task Login_UnknownUser_CostsWhatAKnownOneCosts()
    {
        await UserAsync("gone", "viewer");
        await Port.Admin().CallAsync(HttpMethod.Put, "users/gone/disabled", new { disabled = true });
        var counter = new PasswordCounter();
        await using var counted = await TestAdmin.StartAsync(Database, Time, counter);
        using var client = counted.Client();

        foreach (var user in new[] { "admin", "nobody", "gone", "", "admin' OR '1'='1" })
        {
            Assert.Equal(401, (await client.PostAsJsonAsync("login", new { user, password = "wrong password" })).Status);

            // The time it takes is the hash: one of the same cost for each, whatever there is to compare with.
            Assert.Equal((user, "pbkdf2-sha512$2000", 16, 64), (user, counter.Asked.Single().Scheme, counter.Asked.Single().Salt, counter.Asked.Single().Hash));
            counter.Asked.Clear();
        }
    }

    [Fact]
    public async Task Login_TooManyFailures_IsLockedForRightAndWrongAndUnknownAlike()
    {
        foreach (var user in new[] { "admin", "nobody" })
        {
            for (var i = 0; i < 6; i++) Assert.Equal(401, (await Port.Client().PostAsJsonAsync("login", new { user, password = "wrong" })).Status);
            var (status, body, answer) = await Port.Client().PostAsJsonAsync("login", new { user, password = Port.First!.Password });
            Assert.Equal((429, "login_locked"), (status, body!["code"]!.GetValue<string>()));
            Assert.Equal("1", answer.Headers.RetryAfter!.ToString());
        }

        // Tokens go on working, and the wait ends.
        Assert.Equal(200, (await Port.Admin().GetAsJsonAsync("me")).Status);
        Time.Advance(TimeSpan.FromSeconds(1));
        using (await LoginAsync("admin", Port.First!.Password)) { }
    }

    [Fact]
    public async Task Login_ManyGuessesAtOnce_NoMoreThanAllowedAreChecked()
    {
        var statuses = await Task.WhenAll(Enumerable.Range(0, 30).Select(async _ =>
            (await Port.Client().PostAsJsonAsync("login", new { user = "admin", password = "wrong" })).Status));

        Assert.Equal(6, statuses.Count(status => status == 401));
        Assert.All(statuses, status => Assert.True(status is 401 or 429));
    }

    [Fact]
    public async Task Login_LongPassword_IsRefusedWithoutAccepting()
    {
        var (_, admin, _) = await Port.Admin().PostAsJsonAsync("users", new { name = "ada", role = "viewer", password = new string('x', 250) + "abcdef" });
        Assert.Equal("ada", admin!["user"]!["name"]!.GetValue<string>());

        // Cutting at the limit must not make a longer password equal to a stored one.
        var (status, _, _) = await Port.Client().PostAsJsonAsync("login", new { user = "ada", password = new string('x', 250) + "abcdefg" });
        Assert.Equal(401, status);
        Assert.Equal(413, (await Port.Client().PostAsJsonAsync("login", new { user = "ada", password = new string('x', 100_000) })).Status);
    }

    [Fact]
    public async Task Login_BadBody_Is400()
    {
        string[] cases =
        [
            "",
            "[]",
            "{}",
            "null",
            "{\"user\":null,\"password\":null}",
            "{\"user\":1,\"password\":true}",
            "{\"user\":\"admin\"}",
        ];
        foreach (var body in cases)
        {
            Assert.Equal(400, (await Port.Client().CallAsync(HttpMethod.Post, "login", body)).Status);
        }
    }

    [Fact]
    public async Task Login_FromAnotherSite_IsRefused()
    {
        var (status, body, _) = await Port.Client().PostAsJsonAsync("login", new { user = "admin", password = Port.First!.Password }, ("Origin", "http://evil.example"));

        Assert.Equal((403, "cross_site"), (status, body!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Login_HashOfOlderCost_IsRenewed()
    {
        var store = Port.Services.GetRequiredService<StateStore>();
        await UserAsync("ada", "viewer");
        var old = PasswordHash.Create(Password, 1_000);
        await store.ChangeAsync(async (db, inner) => (await db.Set<User>().SingleAsync(user => user.Name == "ada", inner)).PasswordHash = old, Cancel);

        using (await LoginAsync("ada")) { }

        var now = await store.ReadAsync((db, inner) => db.Set<User>().Where(user => user.Name == "ada").Select(user => user.PasswordHash).SingleAsync(inner), Cancel);
        Assert.True(PasswordHash.IsCurrent(now, 2_000));
        using (await LoginAsync("ada")) { }
    }

    [Fact]
    public async Task Session_Logout_EndsItOnTheServer()
    {
        using var browser = await LoginAsync("admin", Port.First!.Password);
        var (_, _, answer) = await browser.GetAsJsonAsync("me");
        var cookie = answer.RequestMessage!.Headers.TryGetValues("Cookie", out var sent) ? sent.Single() : null;
        Assert.Equal(204, (await browser.PostAsJsonAsync("logout", null)).Status);

        var (status, _, _) = await browser.GetAsJsonAsync("me");
        Assert.Equal(401, status);
        Assert.Null(cookie); // the handler's container keeps it; the next line replays one by hand
        var secret = await StealAsync();
        Assert.Equal(200, (await Port.Client().CallAsync(HttpMethod.Get, "me", null, ("Cookie", secret))).Status);
        using var other = await LoginAsync("admin", Port.First.Password);
        Assert.Equal(204, (await other.PostAsJsonAsync("logout?everywhere=true", null)).Status);
        var (replayed, body, _) = await Port.Client().CallAsync(HttpMethod.Get, "me", null, ("Cookie", secret));
        Assert.Equal((401, "session_ended"), (replayed, body!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Session_Ends_AfterAnHourUnusedAndTwelveInAll()
    {
        var cookie = await StealAsync();
        var lastUsed = Port.Services.GetRequiredService<LastUsed>();
        for (var i = 0; i < 13; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(50));
            Assert.Equal(200, (await MeAsync()).Status);
            await lastUsed.FlushAsync(Cancel);
        }

        Time.Advance(TimeSpan.FromMinutes(80));
        Assert.Equal(401, (await MeAsync()).Status);

        cookie = await StealAsync();
        for (var i = 0; i < 14; i++)
        {
            Time.Advance(TimeSpan.FromMinutes(50));
            await MeAsync();
            await lastUsed.FlushAsync(Cancel);
        }

        Time.Advance(TimeSpan.FromMinutes(21));
        Assert.Equal(401, (await MeAsync()).Status);

        Task<(int Status, System.Text.Json.Nodes.JsonNode? Body, HttpResponseMessage Answer)> MeAsync() => Port.Client().CallAsync(HttpMethod.Get, "me", null, ("Cookie", cookie));
    }

    [Fact]
    public async Task Password_Changed_EndsOtherSessionsAndNeedsTheCurrentOne()
    {
        await UserAsync("ada", "viewer");
        using var here = await LoginAsync("ada");
        using var there = await LoginAsync("ada");

        Assert.Equal(401, (await here.PostAsJsonAsync("me/password", new { current = "wrong", password = "another long phrase" })).Status);
        Assert.Equal(400, (await here.PostAsJsonAsync("me/password", new { current = Password, password = "short" })).Status);
        Assert.Equal(204, (await here.PostAsJsonAsync("me/password", new { current = Password, password = "another long phrase" })).Status);

        Assert.Equal(200, (await here.GetAsJsonAsync("me")).Status);
        Assert.Equal(401, (await there.GetAsJsonAsync("me")).Status);
        using (await LoginAsync("ada", "another long phrase")) { }
    }

    [Fact]
    public async Task Me_Session_TellsPermissionsAndCsrfWord()
    {
        await UserAsync("ada", "operator");
        using var browser = await LoginAsync("ada");

        var (_, body, _) = await browser.GetAsJsonAsync("me");

        Assert.Equal(("ada", "operator", "session"), (body!["user"]!.GetValue<string>(), body["role"]!.GetValue<string>(), body["by"]!.GetValue<string>()));
        Assert.Equal(browser.DefaultRequestHeaders.GetValues("X-Tidegate-Csrf").Single(), body["csrf"]!.GetValue<string>());
        var permissions = body["permissions"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
        Assert.Contains("keys.manage", permissions);
        Assert.DoesNotContain("users.manage", permissions);
    }

    private async Task<string> StealAsync()
    {
        var (_, _, answer) = await Port.Client().PostAsJsonAsync("login", new { user = "admin", password = Port.First!.Password });
        return answer.Headers.GetValues("Set-Cookie").Single().Split(';')[0];
    }
}
