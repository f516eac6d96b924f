using System.Text.Json.Nodes;
using Npgsql;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>PostgreSQL as the state database, from the first start to a second node on another machine's disk.</summary>
public sealed class PostgresKeepsTheStateTests(PostgresServer postgres)
{
    [Fact]
    public async Task RevisionsKeysAndAudit_LiveInPostgres_AndANodeWithAnEmptyDiskFindsThem()
    {
        await using var nginx = await NginxPeer.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Consumer(), ConfigFiles.Route("keyed", "/files/{**rest}", "web", ""));
        using var data = new TempDirectory();
        using var elsewhere = new TempDirectory();
        var variables = new Dictionary<string, string?> { ["TIDEGATE_DATABASE"] = database };
        string token, key;
        await using (var first = await TidegateProcess.ServeAsync(new() { Data = data.Path, Variables = variables, Config = config.Path }))
        {
            token = first.Token;
            var issued = (await first.CliAsync("keys", "create", "tests", "--output", "json")).Ends();
            key = (string)JsonNode.Parse(issued.Output)!["secret"]!;
            await WorksAsync(first, key);
            (await first.CliAsync("audit", "verify")).Ends();
            Assert.False(File.Exists(data.Combine("state.db")));
            await first.StopAsync();
        }

        // The key itself is nowhere, only its hash.
        Assert.Equal(0, await AppearancesAsync(database, key));
        Assert.Equal(0, await AppearancesAsync(database, token));

        await using var second = await TidegateProcess.ServeAsync(new() { Data = elsewhere.Path, Variables = variables, Token = token });
        await WorksAsync(second, key);
        Assert.DoesNotContain(token, second.Output + second.Log, StringComparison.Ordinal);
        (await second.CliAsync("audit", "verify")).Ends();
        await second.StopAsync();
    }

    private static async Task WorksAsync(TidegateProcess node, string key)
    {
        var url = new Uri(node.Traffic, "/files/small.bin");
        // Keys reach the gateway with the next configuration generation.
        await Eventually.IsTrueAsync(async () => (await Curl.CallAsync(url, "--header", $"X-Api-Key: {key}", "--output", "/dev/null")).Status == 200, TimeSpan.FromSeconds(10), "the key is known");
        Assert.Equal(401, (await Curl.CallAsync(url, "--output", "/dev/null")).Status);
    }

    private static async Task<long> AppearancesAsync(string database, string secret)
    {
        await using var source = NpgsqlDataSource.Create(database);
        var tables = new List<string>();
        await using (var list = source.CreateCommand("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'"))
        await using (var reader = await list.ExecuteReaderAsync(TestContext.Current.CancellationToken))
        {
            while (await reader.ReadAsync(TestContext.Current.CancellationToken)) tables.Add(reader.GetString(0));
        }

        Assert.NotEmpty(tables);
        var found = 0L;
        foreach (var table in tables)
        {
            await using var look = source.CreateCommand($"SELECT count(*) FROM \"{table}\" AS t WHERE strpos(t::text, '{secret}') > 0");
            found += (long)(await look.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        }

        return found;
    }
}
