using System.Net;
using System.Runtime.InteropServices;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary>Stopping a node that is serving: readiness goes red first, every call that was taken is finished.</summary>
[Collection(nameof(Alone))]
public sealed class GracefulShutdownTests
{
    [Fact]
    public async Task Sigterm_WhileCallersNeverPause_FailsNoCall()
    {
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        await using var http1 = SteadyCaller.Start(new(node.Traffic, "/files/10k.bin"), callers: 8);
        await using var http2 = SteadyCaller.Start(new(node.Traffic, "/files/10k.bin"), callers: 8, HttpVersion.Version20);
        await http1.MoreAsync(200);
        await http2.MoreAsync(100);

        await node.StopAsync();

        var seen = await http1.StopAsync() + await http2.StopAsync();
        Assert.Empty(http1.Failures);
        Assert.Empty(http2.Failures);
        Assert.Equal([200], seen.Statuses);
        Assert.True(http1.Refused > 0);

        // What was answered was recorded before the process ended.
        await using var again = await TidegateProcess.ServeAsync(node.Setup);
        await new CallLog(again).AgreesAsync("files", seen);
    }

    [Fact]
    public async Task Sigterm_WhileCallersConnectAnew_ResetsNoConnection()
    {
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        // A connection for each call: some are always waiting to be accepted, and closing the port must not reset them.
        await using var caller = SteadyCaller.Start(new(node.Traffic, "/files/small.bin"), callers: 48, change: request => request.Headers.ConnectionClose = true);
        await caller.MoreAsync(200);

        await node.StopAsync();

        var seen = await caller.StopAsync();
        Assert.Empty(caller.Failures);
        Assert.Equal([200], seen.Statuses);
        Assert.True(caller.Refused > 0);
    }

    [Fact]
    public async Task Sigterm_UnderWrk_EveryCallTakenIsAnswered()
    {
        ExternalTool.Wrk.Require();
        await using var nginx = await NginxPeer.StartAsync();
        using var config = new ConfigFiles(ConfigFiles.Service("web", nginx.Address), ConfigFiles.Route("files", "/files/{**rest}", "web"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        var load = Wrk.RunAsync(new(node.Traffic, "/files/10k.bin"), requests: 1_000_000, connections: 16, seconds: 6);
        await Eventually.IsTrueAsync(async () => await new CallLog(node).CountAsync() > 300, TimeSpan.FromSeconds(10), "wrk is at work");

        await node.StopAsync();
        var result = await load;

        // wrk counts its own reconnects after a polite close as errors; what it was answered, and what was recorded as done, must be the same.
        Assert.Equal([200], result.Counts.Statuses);
        await using var again = await TidegateProcess.ServeAsync(node.Setup);
        await new CallLog(again).AgreesAsync("files", result.Counts);
    }

    [Fact]
    public async Task Sigterm_LongCallInFlight_ReadinessIsRedWhileItIsFinished()
    {
        var begin = new string('x', 256 << 10);
        await using var held = await HeldPeer.StartAsync(begin);
        using var config = new ConfigFiles(ConfigFiles.Service("web", held.Address), ConfigFiles.Route("slow", "/slow/{**rest}", "web"));
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Config = config.Path });
        using var client = new HttpClient();
        using var answer = await client.GetAsync(new Uri(node.Traffic, "/slow/answer"), HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        node.Process.Signal(PosixSignal.SIGTERM);
        await Eventually.IsTrueAsync(async () => await node.Api.ReadinessAsync() == 503, TimeSpan.FromSeconds(60), "/readyz is red");
        held.Answer();

        Assert.Equal(begin, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(0, await node.Process.ExitAsync(TimeSpan.FromSeconds(60)));
        await using var again = await TidegateProcess.ServeAsync(node.Setup);
        await new CallLog(again).AgreesAsync("slow", new((200, 1)));
    }

    [Fact]
    public async Task Sigint_CallInFlight_IsFinishedAndTheProcessEndsWithoutAnError()
    {
        await using var held = await HeldPeer.StartAsync();
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Upstream = held.Address });
        using var client = new HttpClient();
        var call = client.GetAsync(node.Traffic, TestContext.Current.CancellationToken);
        await held.Asked.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        node.Process.Signal(PosixSignal.SIGINT);
        await Eventually.IsTrueAsync(async () => await node.Api.ReadinessAsync() == 503, TimeSpan.FromSeconds(60), "/readyz is red");
        Assert.False(call.IsCompleted);
        held.Answer();

        Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        Assert.Equal(0, await node.Process.ExitAsync(TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Sigint_Twice_EndsAtOnceWhateverIsInFlight()
    {
        await using var held = await HeldPeer.StartAsync();
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new() { Data = data.Path, Upstream = held.Address, Flags = ["--drain", "10m"] });
        using var client = new HttpClient();
        var call = client.GetAsync(node.Traffic, TestContext.Current.CancellationToken);
        await held.Asked.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        node.Process.Signal(PosixSignal.SIGINT);
        await Eventually.IsTrueAsync(async () => await node.Api.ReadinessAsync() == 503, TimeSpan.FromSeconds(60), "/readyz is red");

        node.Process.Signal(PosixSignal.SIGINT);

        Assert.Equal(128 + 2, await node.Process.ExitAsync(TimeSpan.FromSeconds(60))); // ten minutes of draining are not waited for
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => call);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task DrainDelay_ReadinessIsRedWhileCallsAreStillTaken(bool byFlag)
    {
        await using var nginx = await NginxPeer.StartAsync();
        using var data = new TempDirectory();
        await using var node = await TidegateProcess.ServeAsync(new()
        {
            Data = data.Path, Upstream = nginx.Address,
            Flags = byFlag ? ["--drain-delay", "12s"] : [], Variables = byFlag ? new Dictionary<string, string?>() : new Dictionary<string, string?> { ["TIDEGATE_DRAIN_DELAY"] = "12s" },
        });
        node.Process.Signal(PosixSignal.SIGTERM);
        await Eventually.IsTrueAsync(async () => await node.Api.ReadinessAsync() == 503, TimeSpan.FromSeconds(8), "/readyz is red");

        // A connection of its own, made after readiness went red.
        using var client = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await client.GetAsync(new Uri(node.Traffic, "/files/small.bin"), TestContext.Current.CancellationToken)).StatusCode);
        Assert.Equal(0, await node.Process.ExitAsync(TimeSpan.FromSeconds(60)));
    }
}
