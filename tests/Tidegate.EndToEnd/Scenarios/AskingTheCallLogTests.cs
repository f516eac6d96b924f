using System.Text.Json.Nodes;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>What somebody asks from the command line after something happened: free SQL, numbers over time, and what is refused.</summary>
public sealed class AskingTheCallLogTests
{
    [Fact]
    public async Task SqlAndSeries_AfterSomeCalls_SayWhatTheCallerSaw()
    {
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await Curl.CountAsync(new(node.Traffic, "/files/small.bin"), 3);
        await Curl.CountAsync(new(node.Traffic, "/files/not-there.bin"), 2);
        await new CallLog(node).AgreesAsync("files", new((200, 3), (404, 2)));

        var table = await node.CliAsync("calls", "sql", "select route, status, count(*) as calls from calls group by all order by status");
        table.Ends();
        Assert.Equal(["route  status  calls", "files     200      3", "files     404      2"], Lines(table.Output));

        var json = await node.CliAsync("calls", "sql", "select destination, outcome from attempts", "--rows", "4", "--limit", "30s", "-o", "json");
        json.Ends();
        var answer = JsonNode.Parse(json.Output)!;
        Assert.Equal((true, 4), ((bool)answer["truncated"]!, answer["rows"]!.AsArray().Count));
        Assert.Contains("Only the first 4 rows are shown", json.Errors, StringComparison.Ordinal);

        var refused = await node.CliAsync("calls", "sql", "select * from read_text('/etc/hostname')");
        refused.Ends(6);
        Assert.Contains("read_text", refused.Errors, StringComparison.Ordinal);
        Assert.Empty(refused.Output);

        var series = await node.CliAsync("calls", "series", "--step", "1h", "--by", "status", "--since", "2h", "-o", "json");
        series.Ends();
        var lines = JsonNode.Parse(series.Output)!["lines"]!.AsArray();
        Assert.Equal([("200", 3), ("404", 2)], lines.Select(line => ((string)line!["key"]!, line["points"]!.AsArray().Sum(point => (int)point!["numbers"]!["count"]!))));
        var drawn = await node.CliAsync("calls", "series", "--by", "route");
        drawn.Ends();
        Assert.StartsWith("TIME ", drawn.Output, StringComparison.Ordinal);
        Assert.Contains("  files ", drawn.Output, StringComparison.Ordinal);
        await node.StopAsync();
    }

    private static IEnumerable<string> Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.TrimEnd());
}
