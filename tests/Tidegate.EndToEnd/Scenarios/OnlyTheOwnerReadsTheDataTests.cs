using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>Every file of a node's data is readable and writable by its user alone, whoever created it: we, SQLite or DuckDB, now or an earlier version.</summary>
public sealed class OnlyTheOwnerReadsTheDataTests
{
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public async Task DataDirectory_EveryFile_IsForItsOwnerAlone()
    {
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var place = new TempDirectory();
        var data = place.Path;
        var setup = new TidegateSetup { Data = data, Config = config.Path };
        string segment;
        await using (var node = await TidegateProcess.ServeAsync(setup))
        {
            setup = node.Setup;
            await CallAsync(node);
            await new CallLog(node).OpenAsync();
            (await node.CliAsync("calls", "sql", "SELECT count(*) FROM calls")).Ends(); // a copy of the segment for another process
            AssertForOwnerAlone(data);
            segment = Directory.GetFiles(Path.Combine(data, "calls"), "*.duckdb").Single();
            await node.StopAsync();
        }

        AssertForOwnerAlone(data);
        // As earlier versions left them.
        string[] lax = [segment, Path.Combine(data, "tidegate.pid"), Path.Combine(data, "tidegate.lock")];
        foreach (var file in lax) File.SetUnixFileMode(file, File600 | UnixFileMode.GroupRead | UnixFileMode.OtherRead);
        await using var again = await TidegateProcess.ServeAsync(setup);
        await CallAsync(again);
        AssertForOwnerAlone(data);
        await again.StopAsync();
    }

    private static async Task CallAsync(TidegateProcess node)
    {
        using var client = new HttpClient { BaseAddress = node.Traffic };
        using var answer = await client.GetAsync("/files/small.bin", TestContext.Current.CancellationToken);
        await Eventually.IsTrueAsync(async () => Metrics.Sum(await node.Api.MetricsAsync(), "tidegate_call_records_written_total") > 0, TimeSpan.FromSeconds(20), "the call is on disk");
    }

    private static void AssertForOwnerAlone(string data)
    {
        var files = Directory.GetFiles(data, "*", SearchOption.AllDirectories);
        Assert.Contains(files, file => file.EndsWith(".duckdb", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("state.db", StringComparison.Ordinal));
        Assert.Contains(files, file => file.EndsWith("tidegate.pid", StringComparison.Ordinal));
        Assert.Equal([], files.Where(file => File.GetUnixFileMode(file) != File600).Select(file => $"{file}: {File.GetUnixFileMode(file)}"));
        Assert.Equal([], Directory.GetDirectories(data, "*", SearchOption.AllDirectories).Append(data).Where(path => File.GetUnixFileMode(path) != (File600 | UnixFileMode.UserExecute)));
    }
}
