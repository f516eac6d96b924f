using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Security;

/// <summary>Issue: state database locked or gone: control answers 503 with a reason, and recovers by itself.</summary>
public sealed class StateAwayTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Change_SqliteLockedByAnotherProgram_Is503AndWorksAgainAfterwards()
    {
        await using var database = new SqliteTestDatabase();
        await using var port = await TestAdmin.StartAsync(database, _time);
        using var client = port.Admin();
        await using (var holder = new SqliteConnection($"Data Source={database.Directory.Combine("state.db")};Pooling=False"))
        {
            await holder.OpenAsync(TestContext.Current.CancellationToken);
            using var begin = holder.CreateCommand();
            begin.CommandText = "BEGIN EXCLUSIVE";
            begin.ExecuteNonQuery();

            var (status, body, answer) = await client.PostAsJsonAsync("keys", new { consumer = "shop" });

            Assert.Equal((503, "state_locked"), (status, body!["code"]!.GetValue<string>()));
            Assert.Equal("5", answer.Headers.RetryAfter!.ToString());
            // WAL: reading goes on.
            Assert.Equal(200, (await client.GetAsJsonAsync("keys")).Status);
        }

        Assert.Equal(201, (await client.PostAsJsonAsync("keys", new { consumer = "shop" })).Status);
    }

    [Fact]
    public async Task Everything_SqliteFileRemoved_Is503()
    {
        await using var database = new SqliteTestDatabase();
        await using var port = await TestAdmin.StartAsync(database, _time);
        using var client = port.Admin();
        Assert.Equal(201, (await client.PostAsJsonAsync("keys", new { consumer = "shop" })).Status);
        foreach (var file in Directory.GetFiles(database.Directory.Path, "state.db*")) File.Delete(file);

        var (status, body, _) = await client.PostAsJsonAsync("keys", new { consumer = "shop" });

        Assert.Equal((503, "state_gone"), (status, body!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Everything_PostgresStopped_Is503AndWorksAgainAfterwards()
    {
        // A server of its own: the other tests need theirs.
        PostgresServer.Require();
        await using var server = new PostgresServer();
        await using var database = new PostgresTestDatabase(server);
        await using var port = await TestAdmin.StartAsync(database, _time);
        using var client = port.Admin();
        Assert.Equal(200, (await client.GetAsJsonAsync("me")).Status);
        await server.StopAsync();

        var (status, body, answer) = await client.PostAsJsonAsync("keys", new { consumer = "shop" });
        Assert.Equal((503, "state_gone"), (status, body!["code"]!.GetValue<string>()));
        Assert.True(answer.Headers.Contains("Retry-After"));
        Assert.DoesNotContain("127.0.0.1", body.ToJsonString(), StringComparison.Ordinal);
        // Who was proven lately is still known, so that status and metrics can be read during the outage; ten minutes later no more.
        Assert.Equal(200, (await client.GetAsJsonAsync("me")).Status);
        _time.Advance(TimeSpan.FromMinutes(11));
        Assert.Equal(503, (await client.GetAsJsonAsync("me")).Status);
        using var stranger = port.Client(Tidegate.Core.Credentials.CredentialText.Create("tgt_"));
        Assert.Equal(503, (await stranger.GetAsJsonAsync("me")).Status);
        Assert.Equal(503, (await port.Client().PostAsJsonAsync("login", new { user = "admin", password = port.First!.Password })).Status);

        await server.StartAsync();
        Assert.Equal(201, (await client.PostAsJsonAsync("keys", new { consumer = "shop" })).Status);
    }

    [Fact]
    public async Task Start_PostgresAway_ComesUpWhenItIsBack()
    {
        PostgresServer.Require();
        await using var server = new PostgresServer();
        await using var database = new PostgresTestDatabase(server);
        await database.OptionsAsync();
        await server.StopAsync();
        await using var port = await TestAdmin.StartAsync(database, TimeProvider.System);
        Assert.Equal(503, (await port.Client(Tidegate.Core.Credentials.CredentialText.Create("tgt_")).GetAsJsonAsync("me")).Status);

        await server.StartAsync();

        var first = port.Services.GetService(typeof(Tidegate.Platform.Security.FirstLogin)) as Tidegate.Platform.Security.FirstLogin;
        Assert.True(await first!.Created.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
        using var client = port.Client(first.Take()!.Token);
        Assert.Equal(200, (await client.GetAsJsonAsync("me")).Status);
    }
}
