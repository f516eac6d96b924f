using System.Diagnostics;
using System.Net;
using Microsoft.AspNetCore.Http;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway;

/// <summary>
/// The threads that move bytes are shared with everything else in the process. Handlers that block them, as no handler should and some library one day
/// will, must not stop traffic (docs/decisions/0005-scheduling.md). Set <c>DOTNET_SYSTEM_NET_SOCKETS_INLINE_COMPLETIONS=1</c> to see it fail.
/// </summary>
public sealed class SchedulingTests
{
    private const int BadCallers = 4, GoodCallers = 8, CallsEach = 200;

    [Fact]
    public async Task Calls_WhileHandlersElsewhereBlockOnAsyncWork_AllComplete()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await RunAsync(async (upstream, context) =>
        {
            await client.GetStringAsync(upstream, context.RequestAborted); // from here on the thread that read the socket
#pragma warning disable xUnit1031 // the fault under test
            context.Response.StatusCode = client.GetAsync(new Uri(upstream, "/slow"), context.RequestAborted).GetAwaiter().GetResult().IsSuccessStatusCode ? 200 : 502;
#pragma warning restore xUnit1031
        });
    }

    [Fact]
    public async Task Calls_WhileHandlersElsewhereSleep_AllComplete()
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        await RunAsync(async (upstream, context) =>
        {
            await client.GetStringAsync(upstream, context.RequestAborted);
            Thread.Sleep(100);
        });
    }

    private static async Task RunAsync(Func<Uri, HttpContext, Task> bad)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var upstream = await TestUpstream.StartAsync(c => c.Request.Path == "/slow" ? Task.Delay(50) : c.Response.WriteAsync("ok"));
        await using var elsewhere = await TestUpstream.StartAsync(c => bad(upstream.Address, c));
        await using var gateway = await TestGateway.StartAsync(Config.Single(upstream.Address));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        using var client = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        var blocking = Enumerable.Range(0, BadCallers).Select(_ => KeepCallingAsync(client, elsewhere.Address, stop.Token)).ToArray();

        var good = Enumerable.Range(0, GoodCallers).Select(async _ =>
        {
            var completed = 0;
            for (; completed < CallsEach; completed++)
            {
                using var response = await gateway.GetAsync("/");
                Assert.Equal(HttpStatusCode.OK, response.StatusCode);
                await response.Content.ReadAsByteArrayAsync(cancel);
            }

            return completed;
        });
        var watch = Stopwatch.StartNew();
        // Generous: 1,600 calls take a second or two; a stop is for ever.
        var counts = await Task.WhenAll(good).WaitAsync(TimeSpan.FromSeconds(30), cancel);

        Assert.Equal(GoodCallers * CallsEach, counts.Sum());
        Assert.True(elsewhere.Requests > 0, "nothing blocked, so nothing was proven");
        TestContext.Current.TestOutputHelper?.WriteLine($"{counts.Sum()} calls in {watch.Elapsed.TotalSeconds:0.0} s beside {elsewhere.Requests} blocking ones");
        await stop.CancelAsync();
        await Task.WhenAll(blocking);
    }

    private static async Task KeepCallingAsync(HttpClient client, Uri address, CancellationToken stop)
    {
        await Task.Yield();
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var response = await client.GetAsync(address, stop);
            }
            catch (Exception) when (stop.IsCancellationRequested)
            {
                return;
            }
        }
    }
}
