using System.Text.Json.Nodes;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>SIGKILL under load: what was acknowledged is there afterwards, and so is what was in the call log.</summary>
[Collection(nameof(Alone))]
public sealed class KillMinusNineTests
{
    [Fact]
    public async Task UnderLoad_AcknowledgedRevisionsTokensAndAuditRowsSurvive_AndSoDoTheCallsThatWereInTheLog()
    {
        await using var nginx = await NginxPeer.StartAsync();
        var web = ConfigFiles.Service("web", nginx.Address);
        var files = ConfigFiles.Route("files", "/files/{**rest}", "web");
        using var config = new ConfigFiles(web, files, ConfigFiles.Consumer());
        using var data = new TempDirectory();
        var setup = new TidegateSetup { Data = data.Path, Config = config.Path };
        var tokens = new List<string>();
        var revision = 0L;

        for (var round = 0; round < 4; round++)
        {
            await using var node = await TidegateProcess.ServeAsync(setup);
            setup = node.Setup with { Config = null };
            await SurvivedAsync(node, tokens, revision);

            await using var caller = SteadyCaller.Start(new(node.Traffic, "/files/small.bin"), callers: 4);
            var lostBefore = await new CallLog(node).CountAsync();
            using var stop = new CancellationTokenSource();
            var writing = Task.WhenAll(WriteTokensAsync(node, tokens, stop.Token), ApplyAsync(node, config, [web, files, ConfigFiles.Consumer()], round, r => revision = r, stop.Token));
            await caller.MoreAsync(400);
            // The design promises that they are written within a second; what a busy machine makes of it is not measured here, but what was written is kept.
            var ended = caller.Answers;
            await Eventually.IsTrueAsync(async () => await new CallLog(node).CountAsync() - lostBefore >= ended, TimeSpan.FromSeconds(60), "the calls so far are in the log");
            await Task.Delay(Random.Shared.Next(700), TestContext.Current.CancellationToken);
            await node.KillAsync();
            await stop.CancelAsync();
            await writing;
            await caller.StopAsync();

            await using var next = await TidegateProcess.ServeAsync(setup);
            await SurvivedAsync(next, tokens, revision);
            var kept = await new CallLog(next).CountAsync() - lostBefore;
            Assert.True(kept >= ended, $"round {round}: of {ended} calls that were in the log before the kill, {kept} are there after it");
            TestContext.Current.TestOutputHelper?.WriteLine($"round {round}: {tokens.Count} tokens, revision {revision}; {caller.Answers - kept} of {caller.Answers} call records lost");
            await next.StopAsync();
        }

        Assert.NotEmpty(tokens);
        Assert.True(revision > 1);
    }

    private static async Task SurvivedAsync(TidegateProcess node, IReadOnlyCollection<string> tokens, long revision)
    {
        var there = new HashSet<string>(StringComparer.Ordinal);
        string? cursor = null;
        do
        {
            var page = await node.Api.GetAsync($"tokens?limit=200{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}");
            foreach (var token in page["items"]!.AsArray()) there.Add((string)token!["id"]!);
            cursor = (string?)page["next"];
        }
        while (cursor is not null);

        lock (tokens) Assert.Empty(tokens.Except(there));
        if (revision > 0) Assert.True((long)(await node.Api.GetAsync("config/revisions?limit=1"))["items"]![0]!["number"]! >= revision);
        (await node.CliAsync("audit", "verify")).Ends();
    }

    private static async Task WriteTokensAsync(TidegateProcess node, List<string> acknowledged, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var (status, body) = await node.Api.SendAsync(HttpMethod.Post, "tokens", new JsonObject { ["name"] = "written under fire" });
                Assert.True((int)status is 200 or 201, $"{status} {body}");
                lock (acknowledged) acknowledged.Add((string)body!["token"]!["id"]!);
            }
            catch (HttpRequestException)
            {
                return;
            }
        }
    }

    private static async Task ApplyAsync(TidegateProcess node, ConfigFiles config, string[] documents, int round, Action<long> acknowledged, CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            config.Write("config.yaml", [.. documents, ConfigFiles.Route("changing", $"/changing-{round}-{i}", "web")]);
            var run = await node.CliAsync("apply", config.Path, "--output", "json");
            if (run.ExitCode != 0) return;
            acknowledged((long)JsonNode.Parse(run.Output)!["revision"]!["number"]!);
        }
    }
}
