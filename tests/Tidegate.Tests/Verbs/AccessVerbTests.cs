using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.Cli;
using Tidegate.Platform.Security;
using Tidegate.Platform.Storage;
using Tidegate.Tests.Cli;
using Tidegate.Tests.Support;
using Tidegate.Verbs;

namespace Tidegate.Tests.Verbs;

/// <summary>The verbs against the real admin port.</summary>
public sealed class AccessVerbTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private TestAdmin _port = null!;

    public async ValueTask InitializeAsync() => _port = await TestAdmin.StartAsync(_database, TimeProvider.System);

    public async ValueTask DisposeAsync()
    {
        await _port.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Keys_CreateListRotateRevoke_WorkAndPublish()
    {
        var created = await RunAsync("keys", "create", "shop", "--scope", "orders.read", "--expires-in", "90d");
        Assert.Equal(ExitCode.Ok, created.Code);
        var key = created.Output.Trim();
        Assert.True(Tidegate.Core.Credentials.CredentialText.IsWellFormed("tgk_", key));
        var issued = Assert.Single(_port.Services.GetRequiredService<IIssuedKeys>().Current!);
        Assert.Equal(("shop", Tidegate.Core.Credentials.CredentialText.Sha256(key)), (issued.Consumer, issued.Sha256));

        var hashed = await RunAsync(["keys", "hash"], key + "\n");
        Assert.Equal(issued.Sha256, hashed.Output.Trim());
        Assert.Equal(ExitCode.Invalid, (await RunAsync(["keys", "hash"], key[..^1] + "\n")).Code);

        Assert.Equal(ExitCode.Ok, (await RunAsync("keys", "rotate", issued.Id, "--overlap", "1h")).Code);
        Assert.Equal(2, _port.Services.GetRequiredService<IIssuedKeys>().Current!.Count);
        Assert.Equal(ExitCode.Ok, (await RunAsync("keys", "revoke", issued.Id)).Code);
        Assert.Single(_port.Services.GetRequiredService<IIssuedKeys>().Current!);
        Assert.Equal(ExitCode.NotFound, (await RunAsync("keys", "revoke", "k_none")).Code);

        var list = JsonNode.Parse((await RunAsync("keys", "list", "--all", "-o", "json")).Output)!.AsArray();
        Assert.Equal(2, list.Count);
        Assert.DoesNotContain(key, list.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_AddLoginRoleRemove_Work()
    {
        var added = await RunAsync("users", "add", "ada", "--role", "operator");
        Assert.Equal(ExitCode.Ok, added.Code);
        var profile = _database.Directory.Combine("profile.json");

        var login = await RunAsync(["login", "--user", "ada"], added.Output, profile);
        Assert.True(login.Code == ExitCode.Ok, login.Errors);
        var mine = await RunAsync(["tokens", "list", "-o", "json"], profile: profile);
        Assert.Equal("ada", JsonNode.Parse(mine.Output)![0]!["owner"]!.GetValue<string>());

        Assert.Equal(ExitCode.Refused, (await RunAsync(["users", "list"], profile: profile)).Code);
        Assert.Equal(ExitCode.Ok, (await RunAsync("users", "role", "ada", "admin")).Code);
        // The token was made by an operator: it stays one.
        Assert.Equal(ExitCode.Refused, (await RunAsync(["users", "list"], profile: profile)).Code);
        Assert.Equal(ExitCode.Usage, (await RunAsync("users", "role", "ada", "god")).Code);
        Assert.Equal(ExitCode.Ok, (await RunAsync("users", "password", "ada")).Code);
        Assert.Equal(ExitCode.Ok, (await RunAsync("users", "remove", "ada")).Code);
        Assert.Equal(ExitCode.Refused, (await RunAsync(["tokens", "list"], profile: profile)).Code);
        Assert.Equal(ExitCode.Conflict, (await RunAsync("users", "remove", "admin")).Code);
    }

    [Fact]
    public async Task Tokens_CreateRevoke_Work()
    {
        var made = await RunAsync("tokens", "create", "ci", "--role", "viewer", "--expires-in", "30d", "-o", "json");
        var token = JsonNode.Parse(made.Output)!;
        var id = token["token"]!["id"]!.GetValue<string>();

        using var client = _port.Client(token["secret"]!.GetValue<string>());
        Assert.Equal(200, (await client.GetAsJsonAsync("me")).Status);
        Assert.Equal(ExitCode.Ok, (await RunAsync("tokens", "revoke", id)).Code);
        Assert.Equal(401, (await client.GetAsJsonAsync("me")).Status);
    }

    [Fact]
    public async Task AuditVerify_AlteredRow_EndsWithFoundAndNamesTheRow()
    {
        await RunAsync("keys", "create", "shop");
        var sound = await RunAsync("audit", "verify");
        Assert.Equal(ExitCode.Ok, sound.Code);
        Assert.StartsWith("sound: 3 rows", sound.Output, StringComparison.Ordinal);
        Assert.Contains("key.create", (await RunAsync("audit", "list", "--action", "key.*")).Output, StringComparison.Ordinal);
        Assert.Equal(5, (await RunAsync("audit", "export")).Output.Trim().Split('\n').Length);

        await _port.Services.GetRequiredService<StateStore>().ChangeAsync(
            (db, cancel) => db.Database.ExecuteSqlRawAsync("UPDATE audit_rows SET actor = 'eve' WHERE sequence = 2", cancel), TestContext.Current.CancellationToken);

        var broken = await RunAsync("audit", "verify");
        Assert.Equal(ExitCode.Found, broken.Code);
        Assert.StartsWith("BROKEN at row 2", broken.Output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output, string Errors)> RunAsync(params string[] words) => RunAsync(words, "");

    /// <summary>With a profile only what is remembered there counts; without, the first admin's token.</summary>
    private async Task<(int Code, string Output, string Errors)> RunAsync(string[] words, string input = "", string? profile = null)
    {
        var terminal = new FakeTerminal { In = new StringReader(input) };
        terminal.Variables["TIDEGATE_ADDRESS"] = _port.Address.ToString();
        if (profile is null) terminal.Variables["TIDEGATE_TOKEN"] = _port.First!.Token;
        else terminal.Variables["TIDEGATE_PROFILE"] = profile;
        using var network = Network.Handler();
        var code = await new CommandLine(terminal, network, TimeProvider.System, VerbList.Groups).RunAsync(words, TestContext.Current.CancellationToken);
        return (code, terminal.Output, terminal.Errors);
    }
}
