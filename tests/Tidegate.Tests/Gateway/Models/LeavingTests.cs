using Microsoft.AspNetCore.Http;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Callers who leave: their providers are let go, many at once. How soon is measured by <c>bench/models/run</c>.</summary>
public sealed class LeavingTests
{
    private const int Many = 50;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/v1/chat/completions", true)]
    [InlineData("/v1/chat/completions", false)]
    [InlineData("/v1/messages", true)]
    public async Task FiftyCallersLeaveAtOnce_AllFiftyProvidersAreLetGo(string path, bool stream)
    {
        using var begun = new CountdownEvent(Many);
        using var left = new CountdownEvent(Many);
        await using var upstream = await ChatUpstream.StartAsync(NeverEnds(begun, left, stream));
        var never = TimeSpan.FromMinutes(10); // no deadline lets a provider go
        await using var gateway = await StartAsync(m => m with { Timeouts = new ModelTimeoutsConfig { Total = never, FirstToken = never, Idle = never, Answer = never } }, upstream);
        var ask = $$"""{"model":"fast","max_tokens":9,"stream":{{(stream ? "true" : "false")}},"messages":[{"role":"user","content":"hi"}]}""";
        using var leaving = new CancellationTokenSource();
        var calls = Enumerable.Range(0, Many).Select(_ => AskAsync(gateway, path, ask, leaving.Token)).ToArray();
        await Reached(begun);

        await leaving.CancelAsync();
        await Task.WhenAll(calls);

        await Reached(left);
        var records = await gateway.Calls.WaitForAsync(Many);
        Assert.All(records, r => Assert.Equal((CallOutcome.ClientCancelled, 1), (r.Outcome, r.AttemptCount)));
        Assert.Equal(Many, upstream.Calls); // nobody was asked a second time
    }

    // The provider would go on for ever: only one who is let go comes to the end of this.
    private static Func<HttpContext, Task> NeverEnds(CountdownEvent begun, CountdownEvent left, bool stream) => async context =>
    {
        try
        {
            if (stream)
            {
                context.Response.ContentType = "text/event-stream";
                await context.Response.WriteAsync(ChatUpstream.Role + ChatUpstream.Content("so far"), context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
            }

            begun.Signal();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            left.Signal();
        }
    };

    private static async Task AskAsync(TestGateway gateway, string path, string ask, CancellationToken leaving)
    {
        using var client = gateway.NewClient();
        try
        {
            using var answer = await client.SendAsync(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(ask) }, HttpCompletionOption.ResponseHeadersRead, leaving);
            await answer.Content.ReadAsStringAsync(leaving);
            Assert.Fail("It would never end.");
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task Reached(CountdownEvent all)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(60));
        while (!all.IsSet) await Task.Delay(5, limit.Token);
    }
}
