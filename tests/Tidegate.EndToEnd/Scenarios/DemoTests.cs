using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Tidegate.EndToEnd.Support;
using Tidegate.EndToEnd.Support.Peers;
using Tidegate.EndToEnd.Support.Tools;
using Tidegate.Tests.Support;

namespace Tidegate.EndToEnd.Scenarios;

/// <summary><c>tidegate demo</c> wherever it is started, and however often.</summary>
[Collection(nameof(Alone))]
public sealed partial class DemoTests
{
    private const string Key = "tg_demo_web_not_a_secret";

    [Fact]
    public async Task IsReadyWithTenSecondsOfProcessorTime_ItsPrintedCurlWorks_CtrlCEndsIt_ASecondStartFindsItsData()
    {
        ExternalTool.Curl.Require();
        using var data = new TempDirectory();
        TidegateSetup told;
        await using (var first = await TidegateProcess.StartAsync(Demo(data.Path)))
        {
            await first.ReadyAsync();
            // Its own time: what else runs on the machine has no say in it.
            var took = first.Process.CpuTime;
            TestContext.Current.TestOutputHelper?.WriteLine($"demo ready after {took.TotalSeconds:0.0} s of processor time");
            Assert.True(took < TimeSpan.FromSeconds(10), $"ready after {took}");

            var printed = await first.Process.Output.LineAsync(line => line.TrimStart().StartsWith("curl ", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "a curl command");
            // One of the replicas is unreliable, and on a slow machine the only one that is there yet.
            await Eventually.HoldsAsync(
                async () =>
                {
                    var curl = await ToolRun.OfAsync("/bin/sh", ["-c", $"{printed.Trim()} --silent --show-error --fail --max-time 10"], TimeSpan.FromSeconds(20));
                    curl.Ends();
                    Assert.NotEmpty(curl.Output);
                },
                TimeSpan.FromSeconds(60));
            told = first.Setup;
            await Eventually.IsTrueAsync(async () => await new CallLog(first).CountAsync() > 5, TimeSpan.FromSeconds(60), "the demo's own traffic is in the call log");
            // The README's first question. The first call to the unreliable replica is one, so this takes seconds, whatever chance says.
            await Eventually.IsTrueAsync(async () => (await first.CliAsync("calls", "--where", "attempts > 1", "--since", "15m")).Output.Contains("(2 attempts)", StringComparison.Ordinal), TimeSpan.FromSeconds(60), "a call that was tried again is shown");
            await first.StopAsync(PosixSignal.SIGINT);
        }

        await using var second = await TidegateProcess.StartAsync(told);
        await second.ReadyAsync();
        Assert.DoesNotContain(told.Token!, second.Output + second.Log, StringComparison.Ordinal);
        Assert.True(await new CallLog(second).CountAsync() > 5);
        await second.StopAsync(PosixSignal.SIGINT);
    }

    [Fact]
    public async Task TwoBesideEachOther_EachHasItsOwnShop_AndAfterARestartToo()
    {
        using var one = new TempDirectory();
        using var two = new TempDirectory();
        await using var first = await ReadyAsync(Demo(one.Path));
        TidegateSetup again;
        HashSet<string> shops;
        await using (var second = await ReadyAsync(Demo(two.Path)))
        {
            shops = await ShopAsync(second);
            Assert.Empty((await ShopAsync(first)).Intersect(shops));
            await IsServedAsync(first);
            await IsServedAsync(second);
            await second.StopAsync(PosixSignal.SIGINT);
            again = second.Setup;
        }

        // The ports it had are somebody else's now: what the data directory remembers of them must not be called.
        var others = shops.Select(Listening).ToList();
        try
        {
            await using var restarted = await ReadyAsync(again);
            Assert.Empty((await ShopAsync(restarted)).Intersect(shops));
            await IsServedAsync(restarted);
            await IsServedAsync(first);
            await restarted.StopAsync(PosixSignal.SIGINT);
        }
        finally
        {
            foreach (var other in others) other.Dispose();
        }
    }

    [Fact]
    public async Task PortsTaken_AreNamedWithTheirFlags_AndTheNextStartStillShowsItsSecrets()
    {
        await using var traffic = await NginxPeer.StartAsync();
        await using var admin = await NginxPeer.StartAsync();
        using var data = new TempDirectory();

        var refused = await TidegateProcess.RunAsync(["demo", "--data", data.Path, "--listen", traffic.Address.AbsoluteUri, "--admin", admin.Address.AbsoluteUri]);
        await using var next = await ReadyAsync(Demo(data.Path));

        refused.Ends(10);
        Assert.Contains($"{traffic.Address.Authority} (traffic)", refused.Errors, StringComparison.Ordinal);
        Assert.Contains($"{admin.Address.Authority} (admin API)", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--listen http://127.0.0.1:PORT", refused.Errors, StringComparison.Ordinal);
        Assert.Contains("--admin http://127.0.0.1:PORT", refused.Errors, StringComparison.Ordinal);
        Assert.NotEmpty(next.Token);
        Assert.Contains("with the token above", next.Output, StringComparison.Ordinal);
        Assert.Contains($"./tidegate login --address {next.Admin.GetLeftPart(UriPartial.Authority)}", next.Output, StringComparison.Ordinal);
        await next.StopAsync(PosixSignal.SIGINT);
    }

    [Fact]
    public async Task ReadOnlyDirectory_KeepsItsDataInTheHomeOfTheUser()
    {
        await using var checkout = await SmallDisk.MountAsync(megabytes: 1);
        await checkout.ReadOnlyAsync(on: true);
        using var home = new TempDirectory();
        var setup = new TidegateSetup
        {
            Data = checkout.Path, Command = ["demo", "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0"],
            Variables = new Dictionary<string, string?> { ["HOME"] = home.Path, ["XDG_STATE_HOME"] = null },
        };

        await using var node = await ReadyAsync(setup);

        Assert.Contains($"  data     {home.Combine(".local/state/tidegate/demo")}", node.Output, StringComparison.Ordinal);
        await IsServedAsync(node);
        await node.StopAsync(PosixSignal.SIGINT);
    }

    private static TidegateSetup Demo(string data) =>
        new() { Data = data, Command = ["demo", "--data", data, "--listen", "http://127.0.0.1:0", "--admin", "http://127.0.0.1:0"] };

    private static async Task<TidegateProcess> ReadyAsync(TidegateSetup setup)
    {
        var node = await TidegateProcess.StartAsync(setup);
        await node.ReadyAsync();
        // The tour is its last word: the shop is there and the callers call.
        await node.Process.Output.LineAsync(line => line.StartsWith("Ctrl-C stops it", StringComparison.Ordinal), TimeSpan.FromSeconds(30), "the end of the tour");
        return node;
    }

    /// <summary>Addresses of the sample service in the configuration in force.</summary>
    private static async Task<HashSet<string>> ShopAsync(TidegateProcess node) =>
        [.. Loopback().Matches((await node.Api.GetAsync("config")).ToJsonString()).Select(found => found.Value)];

    private static async Task IsServedAsync(TidegateProcess node)
    {
        using var http = new HttpClient { BaseAddress = node.Traffic, DefaultRequestHeaders = { { "X-Api-Key", Key } } };
        // On a machine that is short of processor all three replicas may be closed off for some seconds, and one of them is meant to be.
        await Eventually.HoldsAsync(async () =>
        {
            using var answer = await http.GetAsync(new Uri("/products", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            Assert.StartsWith("shop-", answer.Headers.GetValues("X-Replica").Single(), StringComparison.Ordinal);
        }, TimeSpan.FromSeconds(60));
    }

    private static TcpListener Listening(string address)
    {
        var listener = new TcpListener(IPAddress.Loopback, new Uri(address).Port);
        try
        {
            listener.Start();
        }
        catch (SocketException)
        {
            // Somebody else was quicker: as good.
        }

        return listener;
    }

    [GeneratedRegex("http://127\\.0\\.0\\.1:[0-9]+")]
    private static partial Regex Loopback();
}
