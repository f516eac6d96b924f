using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>The disk under the call log full, read-only, or without an answer: calls go on, what is not recorded is counted, health shows it, and recording resumes.</summary>
[Collection(nameof(Alone))]
public sealed class CallLogDiskTroubleTests
{
    [Fact]
    public async Task DiskFull_CallsGoOn_DropsAreCounted_HealthShowsIt_AndItRecovers()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 24);
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        // Only the call log lives on the small disk: the state database would be another story.
        Directory.CreateSymbolicLink(data.Combine("calls"), disk.Path);
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await using var caller = SteadyCaller.Start(new(node.Traffic, "/files/small.bin"), callers: 4);
        await caller.MoreAsync(50);
        Assert.True(await HealthyAsync(node));

        disk.Fill();
        await Eventually.IsTrueAsync(async () => !await HealthyAsync(node), TimeSpan.FromSeconds(30), "health shows the call log's trouble");
        await caller.MoreAsync(500);
        Assert.Equal(200, await node.Api.ReadinessAsync());

        disk.Free();
        await Eventually.IsTrueAsync(() => HealthyAsync(node), TimeSpan.FromSeconds(60), "the call log is well again");
        var seen = await caller.StopAsync();
        Assert.Equal([200], seen.Statuses);
        Assert.Empty(caller.Failures);

        // Nothing is lost silently: what is not in the log is in the count of drops.
        await Eventually.HoldsAsync(async () =>
        {
            var kept = (await new CallLog(node).CountsAsync("files")).Total;
            var dropped = (long)Metrics.Sum(await node.Api.MetricsAsync(), "tidegate_call_records_dropped_total");
            Assert.Equal(seen.Total, kept + dropped);
        }, TimeSpan.FromSeconds(15));
        await node.StopAsync();
    }

    [Fact]
    public async Task DirectoryReadOnly_CallsGoOn_DropsAreCounted_StatusSaysSo_AndItRecovers()
    {
        await using var disk = await SmallDisk.MountAsync(megabytes: 64);
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        Directory.CreateSymbolicLink(data.Combine("calls"), disk.Path);
        // From the start: no file system is made read-only while somebody writes to it, except by its own trouble.
        await disk.ReadOnlyAsync(on: true);
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await using var caller = SteadyCaller.Start(new(node.Traffic, "/files/small.bin"), callers: 2);

        await Eventually.IsTrueAsync(async () => await DroppedAsync(node) > 0, TimeSpan.FromSeconds(90), "records are dropped and counted");
        await caller.MoreAsync(200);
        Assert.Equal(200, await node.Api.ReadinessAsync());
        Assert.False(await HealthyAsync(node));
        var status = await node.CliAsync("status");
        status.Ends();
        Assert.Matches("CallLog +problem", status.Output);
        Assert.Contains("call log cannot be written", status.Output, StringComparison.Ordinal);

        await disk.ReadOnlyAsync(on: false);
        await Eventually.IsTrueAsync(async () => !await SaysAsync(node, "cannot be written"), TimeSpan.FromSeconds(60), "it is written again");
        await caller.MoreAsync(50);
        var seen = await caller.StopAsync();
        Assert.Equal([200], seen.Statuses);
        Assert.Empty(caller.Failures);
        await Eventually.HoldsAsync(async () =>
        {
            var kept = (await new CallLog(node).CountsAsync("files")).Total;
            Assert.True(kept >= 50, $"{kept} kept");
            Assert.Equal(seen.Total, kept + await DroppedAsync(node));
        }, TimeSpan.FromSeconds(60));
        await node.StopAsync();
    }

    [Fact]
    public async Task DiskDoesNotAnswer_CallsGoOn_DropsAreCounted_StatusSaysSo_AndItRecovers()
    {
        await using var disk = await SlowDisk.MountAsync();
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/long/{**rest}", "web", "rewrite: { path: /files/small.bin }\nidentify: { anonymous: true }"));
        using var data = new TempDirectory();
        Directory.CreateSymbolicLink(data.Combine("calls"), disk.Path);
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        // Long paths fill the queue, which is bounded in bytes, with fewer calls.
        await using var caller = SteadyCaller.Start(new(node.Traffic, "/long/" + new string('a', 3_000)), callers: 4);
        await caller.MoreAsync(50);
        Assert.True(await HealthyAsync(node));

        // Slow, not gone: it answers now and then.
        for (var round = 0; round < 2; round++)
        {
            var (written, dropped) = (await WrittenAsync(node), await DroppedAsync(node));
            using (disk.Stall())
            {
                await Eventually.IsTrueAsync(async () => await DroppedAsync(node) > dropped, TimeSpan.FromSeconds(120), "records are dropped and counted");
                await caller.MoreAsync(200);
                Assert.Equal(200, await node.Api.ReadinessAsync());
                await Eventually.IsTrueAsync(() => SaysAsync(node, "The disk of the call log has not answered for"), TimeSpan.FromSeconds(60), "the status says so");
                Assert.Matches("CallLog +problem", (await node.CliAsync("status")).Ends().Output);
                // Control does not wait for it either.
                (await node.CliAsync("plan", config.Path, "--check")).Ends();
            }

            await Eventually.IsTrueAsync(async () => await WrittenAsync(node) > written && !await SaysAsync(node, "has not answered"), TimeSpan.FromSeconds(60), "it is written again");
        }

        var seen = await caller.StopAsync();
        Assert.Equal([200], seen.Statuses);
        Assert.Empty(caller.Failures);
        await Eventually.HoldsAsync(async () => Assert.Equal(seen.Total, (await new CallLog(node).CountsAsync("files")).Total + await DroppedAsync(node)), TimeSpan.FromSeconds(60));
        await node.StopAsync();
    }

    private static async Task<bool> SaysAsync(TidegateProcess node, string text) => (await node.Api.GetAsync("status"))["modules"]!.ToJsonString().Contains(text, StringComparison.Ordinal);

    private static async Task<long> WrittenAsync(TidegateProcess node) => (long)Metrics.Sum(await node.Api.MetricsAsync(), "tidegate_call_records_written_total");

    private static async Task<long> DroppedAsync(TidegateProcess node) => (long)Metrics.Sum(await node.Api.MetricsAsync(), "tidegate_call_records_dropped_total");

    private static async Task<bool> HealthyAsync(TidegateProcess node) =>
        (bool)(await node.Api.GetAsync("status"))["modules"]!.AsArray().Single(module => (string)module!["name"]! == "CallLog")!["healthy"]!;
}
