using System.Diagnostics;
using System.Text;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>A directory of 10,000 routes through the command line, on a node that is serving. Times are printed, not asserted: they depend on the machine.</summary>
[Collection(nameof(Alone))]
public sealed class TenThousandRoutesTests
{
    private const int Routes = 10_000;

    [Fact]
    public async Task PlanAndApply_EveryRouteServes_NoCallIsDropped()
    {
        await using var nginx = await NginxPeer.StartAsync();
        var files = ConfigFiles.Route("files", "/files/{**rest}", "web");
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), files);
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        var few = await CpuPerCallAsync(node);
        await using var caller = SteadyCaller.Start(new(node.Traffic, "/files/small.bin"), callers: 2);
        await caller.MoreAsync(10);

        foreach (var group in Enumerable.Range(0, Routes).Chunk(500))
        {
            var text = new StringBuilder();
            foreach (var number in group) text.Append("---\n").AppendLine(ConfigFiles.Route($"r{number}", $"/team-{number % 100}/svc-{number}/{{id}}/{{**rest}}", "web", "rewrite: { path: /files/small.bin }\nidentify: { anonymous: true }"));
            config.Write($"routes-{group[0]:00000}.yaml", text.ToString());
        }

        var plan = await TimedAsync("plan", () => node.CliAsync("plan", config.Path));
        plan.Ends();
        var apply = await TimedAsync("apply", () => node.CliAsync("apply", config.Path));
        apply.Ends();
        await Eventually.IsTrueAsync(async () => (await Curl.CallAsync(new(node.Traffic, $"/team-99/svc-{Routes - 1}/7/x"), "--output", "/dev/null")).Status == 200, TimeSpan.FromSeconds(20), "the last route serves");
        await TimedAsync("plan without differences", async () => (await node.CliAsync("plan", config.Path)).Ends());

        Assert.Equal([200], (await caller.StopAsync()).Statuses);
        Assert.Empty(caller.Failures);
        using var client = new HttpClient { BaseAddress = node.Traffic };
        foreach (var number in Enumerable.Range(0, Routes).Where(n => n % 97 == 0))
        {
            Assert.Equal(System.Net.HttpStatusCode.OK, (await client.GetAsync($"/team-{number % 100}/svc-{number}/1/y", TestContext.Current.CancellationToken)).StatusCode);
        }

        var many = await CpuPerCallAsync(node);
        Print($"CPU per call: {few:0} us with 1 route, {many:0} us with {Routes} ({many / few:0.00} x)");
        await node.StopAsync();
    }

    private static async Task<double> CpuPerCallAsync(TidegateProcess node)
    {
        await H2Load.RunAsync(new(node.Traffic, "/files/small.bin"), new(4000, 8) { Http1 = true });
        var before = node.Process.CpuTime;
        const int Calls = 6000;
        await H2Load.RunAsync(new(node.Traffic, "/files/small.bin"), new(Calls, 8) { Http1 = true });
        return (node.Process.CpuTime - before).TotalMicroseconds / Calls;
    }

    private static async Task<ToolRun> TimedAsync(string what, Func<Task<ToolRun>> work)
    {
        var began = Stopwatch.GetTimestamp();
        var run = await work();
        Print($"{what}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s, the start of the program included");
        return run;
    }

    private static void Print(string line) => TestContext.Current.TestOutputHelper?.WriteLine(line);
}
