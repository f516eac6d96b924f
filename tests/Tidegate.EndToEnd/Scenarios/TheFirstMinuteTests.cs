using System.Runtime.InteropServices;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>What a new user does first, with nothing but the executable.</summary>
public sealed class TheFirstMinuteTests
{
    [Fact]
    public async Task ServeUpstream_WithNoConfigurationAtAll_PassesCallsOnAndRecordsThem()
    {
        await using var nginx = await NginxPeer.StartAsync();
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Upstream = nginx.Address });

        var answer = await Curl.CallAsync(new(node.Traffic, "/files/10k.bin"), "--output", "/dev/null");
        var compressed = await Curl.CallAsync(new(node.Traffic, "/text.txt"), "--compressed", "--include");

        Assert.Equal((200, 10_000), (answer.Status, answer.Size));
        Assert.Contains("Content-Encoding: gzip", compressed.Body, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("the tide comes in", compressed.Body, StringComparison.Ordinal);
        await new CallLog(node).AgreesAsync("everything", new((200, 2)));
        await node.StopAsync(PosixSignal.SIGINT);
    }

    [Fact]
    public async Task SecondStart_FindsItsDataAndPrintsNoSecrets()
    {
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        TidegateSetup again;
        await using (var first = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path }))
        {
            Assert.NotEmpty(first.Token);
            await Curl.CountAsync(new(first.Traffic, "/files/small.bin"), 3);
            await new CallLog(first).AgreesAsync("files", new((200, 3)));
            await first.StopAsync(PosixSignal.SIGINT);
            Assert.DoesNotContain(first.Token, first.Log, StringComparison.Ordinal);
            again = first.Setup;
        }

        await using var second = await TidegateProcess.ServeAsync(again);

        Assert.DoesNotContain(again.Token!, second.Output + second.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("password", second.Output, StringComparison.OrdinalIgnoreCase);
        await new CallLog(second).AgreesAsync("files", new((200, 3)));
        Assert.Equal(200, (await Curl.CallAsync(new(second.Traffic, "/files/small.bin"), "--output", "/dev/null")).Status);
        await second.StopAsync();
    }

    [Fact]
    public async Task SecondNodeOnTheSameData_IsRefusedWithTheReason()
    {
        using var data = new TempDirectory();
        await using var first = await TidegateProcess.StartAsync(new() { Data = data.Path });

        var second = await TidegateProcess.RunAsync(new TidegateSetup { Data = data.Path }.Arguments);

        second.Ends(11);
        Assert.Contains($"in use by another tidegate (process {first.Id})", second.Errors, StringComparison.Ordinal);
        Assert.Contains("--data", second.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddressInUse_EndsAtOnceAndNamesTheAddress()
    {
        await using var other = await NginxPeer.StartAsync();
        using var data = new TempDirectory();

        var run = await TidegateProcess.RunAsync(new TidegateSetup { Data = data.Path, Listen = [other.Address], Upstream = new Uri("http://127.0.0.1:9") }.Arguments);

        run.Ends(10);
        Assert.Contains(other.Address.Authority, run.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Errors, StringComparison.Ordinal);
    }
}
