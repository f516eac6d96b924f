using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Core.Ports;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Platform.Security;

public sealed class SecurityStateOnSqliteTests() : SecurityStateTests(new SqliteTestDatabase(), new SqliteTestDatabase());

public sealed class SecurityStateOnPostgresTests(PostgresServer server) : SecurityStateTests(new PostgresTestDatabase(server), new PostgresTestDatabase(server));

/// <summary>Export and import of users, tokens and keys.</summary>
public abstract class SecurityStateTests(TestDatabase database, TestDatabase other) : SecurityScenario(database)
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Import_OfAnExport_LetsTheSamePeopleTokensAndKeysIn()
    {
        var token = await UserAsync("ada", "operator");
        using var ada = Port.Client(token);
        Assert.Equal(201, (await ada.PostAsJsonAsync("keys", new { consumer = "shop" })).Status);
        var export = await ExportAsync(Port);
        try
        {
            await using var target = await TestAdmin.StartAsync(other, Time);
            using var formerAdmin = target.Admin();
            Assert.Equal(200, (await formerAdmin.GetAsJsonAsync("me")).Status);

            await State(target).ImportAsync(Stream(export), Cancel);

            Assert.Equal(401, (await formerAdmin.GetAsJsonAsync("me")).Status);
            using var again = target.Client(token);
            Assert.Equal("ada", (await again.GetAsJsonAsync("me")).Body!["user"]!.GetValue<string>());
            Assert.Equal("shop", Assert.Single((await again.GetAsJsonAsync("keys")).Body!["items"]!.AsArray())!["consumer"]!.GetValue<string>());
            Assert.Equal(200, (await target.Client().PostAsJsonAsync("login", new { user = "ada", password = Password })).Status);
            Assert.Empty(await State(target).VerifyAsync(Cancel));
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    [Fact]
    public async Task Import_CutOffOrOfAnotherVersion_ReplacesNothing()
    {
        var token = await UserAsync("ada", "operator");
        var lines = (await ExportAsync(Port)).TrimEnd('\n').Split('\n');
        Assert.True(lines.Length >= 6);

        await RefusedAsync([.. lines[..^1]], "cut off");
        await RefusedAsync([.. lines[..2], lines[2][..(lines[2].Length / 2)]], "Line 3");
        await RefusedAsync([.. lines[..2], .. lines[3..]], "says");
        await RefusedAsync([lines[0].Replace("security-1", "security-2", StringComparison.Ordinal), .. lines[1..]], "expected 'tidegate-security-1'");
        await RefusedAsync([.. lines[1..]], "not a security export");
        await RefusedAsync([""], "Line 1");
        await other.DisposeAsync();

        async Task RefusedAsync(string[] export, string why)
        {
            var refused = await Assert.ThrowsAsync<InvalidDataException>(() => State(Port).ImportAsync(Stream(string.Join('\n', export) + "\n"), Cancel));
            Assert.Contains(why, refused.Message, StringComparison.Ordinal);
            using var ada = Port.Client(token);
            Assert.Equal(200, (await ada.GetAsJsonAsync("me")).Status);
        }
    }

    private static IDurableState State(TestAdmin port) => port.Services.GetServices<IDurableState>().Single(state => state.Name == "security");

    private static MemoryStream Stream(string text) => new(Encoding.UTF8.GetBytes(text));

    private static async Task<string> ExportAsync(TestAdmin port)
    {
        using var export = new MemoryStream();
        await State(port).ExportAsync(export, Cancel);
        return Encoding.UTF8.GetString(export.ToArray());
    }
}
