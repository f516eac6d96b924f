using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models.Faults;

/// <summary>A slow target and its hedge answer at the same time.</summary>
public sealed class BothAnswerTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Ask)]
    [InlineData(AskStream)]
    public async Task TheCallerSeesExactlyOneOfThem(string request)
    {
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var first = await ChatUpstream.StartAsync([.. Enumerable.Repeat(Warm(), 25), Late(both, "one")]);
        await using var second = await ChatUpstream.StartAsync(Late(both, "two"));
        await using var gateway = await TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(m => m with { Hedging = new ModelHedgingConfig() }, first, second));
        for (var i = 0; i < 25; i++) Assert.Equal(200, (await gateway.AskAsync(request)).Status);

        var answering = gateway.AskAsync(request);
        while (second.Calls == 0)
        {
            if (first.Calls > 25) _time.Advance(TimeSpan.FromMilliseconds(100));
            await Task.Delay(10, Cancel);
        }

        both.SetResult();
        var (status, body) = await answering;

        Assert.Equal(200, status);
        Assert.True(body.Contains("\"one\"", StringComparison.Ordinal) ^ body.Contains("\"two\"", StringComparison.Ordinal), body);
        var record = (await gateway.Calls.WaitForAsync(26))[^1];
        Assert.Equal((CallOutcome.Ok, 2), (record.Outcome, record.AttemptCount));
        Assert.Equal(Encoding.UTF8.GetByteCount(body), record.ResponseBytes);
    }

    private Func<HttpContext, Task> Warm() => context =>
    {
        _time.Advance(TimeSpan.FromMilliseconds(400));
        return Says("usual")(context);
    };

    private static Func<HttpContext, Task> Late(TaskCompletionSource both, string text) => async context =>
    {
        await both.Task.WaitAsync(context.RequestAborted);
        await Says(text)(context);
    };
}
