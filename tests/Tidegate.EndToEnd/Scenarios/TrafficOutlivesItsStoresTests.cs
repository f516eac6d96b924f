using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Data.Sqlite;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>The data path owes nothing to anyone: the state database locked, stopped or gone, calls go on; the control plane says what is away.</summary>
[Collection(nameof(Alone))]
public sealed partial class TrafficOutlivesItsStoresTests(PostgresServer postgres)
{
    // The node looks every ten seconds; the machine may be slow.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task StateDatabaseGone_NodeStartsFromTheLastGoodDocumentAlone()
    {
        await using var nginx = await NginxPeer.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Consumer(), ConfigFiles.Route("keyed", "/files/{**rest}", "web", ""));
        using var data = new TempDirectory();
        TidegateSetup again;
        await using (var first = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path, Variables = new Dictionary<string, string?> { ["TIDEGATE_DATABASE"] = database } }))
        {
            again = first.Setup with { Config = null };
            await first.StopAsync();
        }

        await postgres.StopAsync();
        try
        {
            await using var second = await TidegateProcess.ServeAsync(again);
            using var client = new HttpClient { BaseAddress = second.Traffic };
            Assert.Equal(HttpStatusCode.Unauthorized, (await client.GetAsync("/files/small.bin", TestContext.Current.CancellationToken)).StatusCode);
            client.DefaultRequestHeaders.Add("X-Api-Key", ConfigFiles.Key);
            Assert.Equal(HttpStatusCode.OK, (await client.GetAsync("/files/small.bin", TestContext.Current.CancellationToken)).StatusCode);
            await SaysUnavailableAsync(second);
            await second.StopAsync();
        }
        finally
        {
            await postgres.StartAsync();
        }
    }

    [Fact]
    public async Task SqliteFileCannotBeUsed_SaysSoInOneLineAndEnds()
    {
        using var data = new TempDirectory();
        Directory.CreateDirectory(data.Combine("state.db"));

        var run = await TidegateProcess.RunAsync(new TidegateSetup { Data = data.Path }.Arguments);

        run.Ends(11);
        Assert.Contains("state.db", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("mistake in tidegate", run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SqliteLockedByAnotherProcess_CallsGoOn_ControlAnswers503_AndRecovers()
    {
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await using var caller = SteadyCaller.Start(new(node.Traffic, "/files/small.bin"), callers: 4);
        await caller.MoreAsync(20);
        await StatusSaysAsync(node, null);
        var before = DateTimeOffset.UtcNow;

        await using (var other = new SqliteConnection($"Data Source={data.Combine("state.db")};Pooling=false"))
        {
            await other.OpenAsync(TestContext.Current.CancellationToken);
            await using var begin = other.CreateCommand();
            begin.CommandText = "BEGIN EXCLUSIVE";
            await begin.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

            var refused = await node.CliAsync("apply", config.Path, "--message", "while locked", "--force");
            Assert.NotEqual(0, refused.ExitCode);
            var (status, problem) = await CreateTokenAsync(node);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.NotEmpty((string)problem!["detail"]!);
            await StatusSaysAsync(node, "locked", before);
            await caller.MoreAsync(100);
            Assert.Equal(200, await node.Api.ReadinessAsync());
        }

        // Nobody changes anything meanwhile: the node finds out by itself.
        await StatusSaysAsync(node, null);

        await Eventually.IsTrueAsync(async () => (await CreateTokenAsync(node)).Status is HttpStatusCode.OK or HttpStatusCode.Created, Patience, "control works again");
        Assert.Equal([200], (await caller.StopAsync()).Statuses);
        Assert.Empty(caller.Failures);
        await node.StopAsync();
    }

    [Fact]
    public async Task PostgresStopped_CallsGoOn_ControlAnswers503_AndRecovers()
    {
        await using var nginx = await NginxPeer.StartAsync();
        var database = await postgres.NewDatabaseAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path, Variables = new Dictionary<string, string?> { ["TIDEGATE_DATABASE"] = database } });
        await using var caller = SteadyCaller.Start(new(node.Traffic, "/files/small.bin"), callers: 4);
        await caller.MoreAsync(20);
        await StatusSaysAsync(node, null);
        var before = DateTimeOffset.UtcNow;

        await postgres.StopAsync();
        try
        {
            await SaysUnavailableAsync(node);
            await StatusSaysAsync(node, "gone", before);
            await caller.MoreAsync(100);
            Assert.Equal(200, await node.Api.ReadinessAsync());
        }
        finally
        {
            await postgres.StartAsync();
        }

        await StatusSaysAsync(node, null);
        await Eventually.IsTrueAsync(async () => (await node.Api.SendAsync(HttpMethod.Get, "config/revisions")).Status == HttpStatusCode.OK, Patience, "control works again");
        (await node.CliAsync("audit", "verify")).Ends();
        Assert.Equal([200], (await caller.StopAsync()).Statuses);
        Assert.Empty(caller.Failures);
        await node.StopAsync();
    }

    private static async Task SaysUnavailableAsync(TidegateProcess node)
    {
        var (status, problem) = await node.Api.SendAsync(HttpMethod.Get, "config/revisions");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.NotEmpty((string)problem!["detail"]!);
    }

    /// <summary>The API and the command line agree on the state database: well when <paramref name="word"/> is null, else why not and since when.</summary>
    private static async Task StatusSaysAsync(TidegateProcess node, string? word, DateTimeOffset notBefore = default)
    {
        string? problem = null;
        await Eventually.HoldsAsync(
            async () =>
            {
                var (code, status) = await node.Api.SendAsync(HttpMethod.Get, "status");
                Assert.Equal(HttpStatusCode.OK, code);
                var storage = status!["modules"]!.AsArray().Single(module => (string)module!["name"]! == "Storage")!;
                Assert.Equal(word is null, (bool)storage["healthy"]!);
                problem = (string?)storage["problems"]!.AsArray().SingleOrDefault();
                if (word is null) Assert.Null(problem);
                else Assert.Contains($"({word}, since ", problem, StringComparison.Ordinal);
            },
            Patience);

        if (problem is null)
        {
            // Other modules say what they missed until they have tried again.
            await Eventually.HoldsAsync(async () => Assert.DoesNotContain("The state database", (await node.CliAsync("status")).Ends().Output, StringComparison.Ordinal), Patience);
            return;
        }

        Assert.Contains(problem, (await node.CliAsync("status")).Ends().Output, StringComparison.Ordinal);
        // Told in whole seconds.
        var since = DateTimeOffset.ParseExact(Since().Match(problem).Groups[1].Value, "yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
        Assert.InRange(since, notBefore.AddSeconds(-1), DateTimeOffset.UtcNow);
    }

    [GeneratedRegex(@"since (\S+Z)\)")]
    private static partial Regex Since();

    private static Task<(HttpStatusCode Status, System.Text.Json.Nodes.JsonNode? Body)> CreateTokenAsync(TidegateProcess node) =>
        node.Api.SendAsync(HttpMethod.Post, "tokens", new System.Text.Json.Nodes.JsonObject { ["name"] = "probe" });
}
