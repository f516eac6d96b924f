using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Budgets;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>
/// Callers who leave, wherever their call is by then: semantics 1.6 on model routes. The provider's work ends, it is nobody's failure, and what was reserved is given back (2.10).
/// </summary>
public sealed class CallerGoneTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(Ask)]
    [InlineData(AskStream)]
    public async Task Semantics1_6_BeforeTheFirstToken_TheProviderIsFreed(string request)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Silence));
        await using var other = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(m => m, upstream, other);

        await LeaveAsync(gateway, request, () => upstream.Calls == 1);

        await upstream.Left.Task.WaitAsync(Patience, Cancel);
        await IsNobodysFailureAsync(gateway, attempts: 1);
        Assert.Equal(0, other.Calls);
    }

    // Counting may take its time, and the provider must not work on meanwhile: whoever is told of the count here waits until the provider has been let go.
    [Fact]
    public async Task Semantics1_6_InTheMiddle_TheProviderIsFreed_BeforeItIsCountedWhatItSaid()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("one"), Silence));
        var counted = new WaitsFor(upstream.Left.Task);
        var document = Document(m => m, Provider("p1", upstream.Address));
        await using var gateway = await TestGateway.StartAsync(
            new TestGateway.Setup { Services = s => s.AddSingleton<IBudgetNotices>(counted) },
            Config.Document([.. document.Resources, new Resource<BudgetConfig>
            {
                ApiVersion = "tidegate/v1", Kind = "Budget", Metadata = new ResourceMetadata { Name = "b" }, Spec = new BudgetConfig { Window = BudgetWindow.Day, Tokens = 1_000_000, SoftLimit = 0.000001 },
            }]));

        await LeaveAsync(gateway, AskStream, () => upstream.Calls == 1);

        Assert.Equal(CallOutcome.ClientCancelled, (await gateway.Calls.NextAsync()).Outcome);
        Assert.True(counted.WasLeft);
    }

    [Fact]
    public async Task Semantics1_6_WhileWaitingForAPlace_TheQueueIsLeft()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Gate, Content("one"), Stop, Done), Says("two"));
        await using var gateway = await StartAsync(m => m with { Queue = new ModelQueueConfig { Timeout = TimeSpan.FromMinutes(5) }, Targets = [m.Targets[0] with { MaxConcurrent = 1 }] }, upstream);
        var alias = gateway.Get<SnapshotHolder>().Current!.Models.All[0];

        var one = gateway.AskAsync(AskStream);
        while (upstream.Calls < 1) await Task.Delay(5, Cancel);
        await LeaveAsync(gateway, AskStream, () => alias.State.Waiting.Count == 1);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, 499, 0), (record.Outcome, record.Status, record.AttemptCount));
        Assert.Equal(0, alias.State.Waiting.Count);
        upstream.Seen.SetResult();

        Assert.Equal(200, (await one).Status);
        await gateway.Calls.NextAsync();
        Assert.Equal((1, 0L), (upstream.Calls, Reserved(gateway)));
    }

    [Theory]
    [InlineData(RescueMode.Splice)]
    [InlineData(RescueMode.Hold)]
    public async Task Semantics1_6_WhileABrokenStreamIsRescued_NobodyElseIsAsked(RescueMode mode)
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("Hello wor"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Streams(Role, Content("Hel"), Silence));
        await using var third = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(m => m with { Rescue = mode }, first, second, third);

        first.Seen.SetResult();
        await LeaveAsync(gateway, AskStream, () => second.Calls == 1);

        await second.Left.Task.WaitAsync(Patience, Cancel);
        var record = await IsNobodysFailureAsync(gateway, attempts: 2, "p2");
        Assert.Equal(CallOutcome.ClientCancelled, record.Attempt(1).Outcome);
        Assert.Equal(0, third.Calls);
    }

    [Fact]
    public async Task Semantics1_6_WhileTheSecondAttemptRuns_NobodyElseIsAsked()
    {
        await using var first = await ChatUpstream.StartAsync(Fails(500));
        await using var second = await ChatUpstream.StartAsync(Streams(Role, Silence));
        await using var third = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(m => m, first, second, third);

        await LeaveAsync(gateway, AskStream, () => second.Calls == 1);

        await second.Left.Task.WaitAsync(Patience, Cancel);
        await IsNobodysFailureAsync(gateway, attempts: 2, "p2");
        Assert.Equal(0, third.Calls);
    }

    [Fact]
    public async Task Semantics1_6_WhileBackingOff_NobodyIsAskedAgain()
    {
        await using var upstream = await ChatUpstream.StartAsync(Fails(500), Says("no"));
        await using var gateway = await StartAsync(m => m with { Retry = new ModelRetryConfig { BackoffBase = TimeSpan.FromMinutes(1), BackoffMax = TimeSpan.FromMinutes(1) } }, false, upstream);

        await LeaveAsync(gateway, AskStream, () => gateway.Get<SnapshotHolder>().Current!.Models.All[0].State.Retries.Extra(gateway.Given.Time.GetTimestamp()) == 1);

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, 499, 1), (record.Outcome, record.Status, record.AttemptCount));
        Assert.Equal((CallOutcome.UpstreamError, 1, 0L), (record.Attempt(0).Outcome, upstream.Calls, Reserved(gateway)));
    }

    [Fact]
    public async Task Semantics1_6_WhileTheirRequestIsStillComing_NobodyIsAsked()
    {
        await using var upstream = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(m => m, upstream);

        using (var client = await RawClient.ConnectAsync(gateway.Address))
            await client.Connection.WriteAsync($"POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {Ask.Length}\r\n\r\n{Ask[..10]}");

        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, 499, 0), (record.Outcome, record.Status, record.AttemptCount));
        Assert.Equal(0, upstream.Calls);
    }

    [Fact]
    public async Task Semantics1_6_OneThatTakesNothingMore_IsNobodysFailure()
    {
        var (piece, sent, time) = (Content(new string('x', 100_000)), 0, new FakeTimeProvider(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)));
        await using var upstream = await ChatUpstream.StartAsync(async context =>
        {
            for (; ; Interlocked.Increment(ref sent)) await context.Response.WriteAsync(piece, context.RequestAborted);
        });
        await using var gateway = await StartAsync(m => m with { Timeouts = new ModelTimeoutsConfig { Idle = TimeSpan.FromSeconds(4) } }, time, upstream);

        using var client = await RawClient.ConnectAsync(gateway.Address);
        await client.Connection.WriteAsync($"POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: {AskStream.Length}\r\n\r\n{AskStream}");
        await client.Connection.ReadHeadAsync(); // and then nothing, with the connection open
        // Only when all between the provider and the caller is full does the gateway wait for the caller, and not for the provider.
        for (int quiet = 0, last = -1; quiet < 10; await Task.Delay(50, Cancel))
        {
            var now = Volatile.Read(ref sent);
            (quiet, last) = (now > 0 && now == last ? quiet + 1 : 0, now);
        }

        time.Advance(TimeSpan.FromSeconds(4.1));
        await upstream.Left.Task.WaitAsync(Patience, Cancel);
        await IsNobodysFailureAsync(gateway, attempts: 1);
        Assert.DoesNotContain("\r\n0\r\n\r\n", await client.Connection.ReadToEndAsync(), StringComparison.Ordinal);
    }

    // Sends a call, and leaves when something has come to pass.
    private sealed class WaitsFor(Task left) : IBudgetNotices
    {
        public bool WasLeft { get; private set; }

        public void Tell(BudgetNotice notice) => WasLeft = left.Wait(Patience);
    }

    private static async Task LeaveAsync(TestGateway gateway, string request, Func<bool> when)
    {
        using var leave = new CancellationTokenSource();
        using var message = new HttpRequestMessage(HttpMethod.Post, "/v1/chat/completions") { Content = new StringContent(request, Encoding.UTF8, "application/json") };
        var answer = gateway.Client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, leave.Token);
        while (!when()) await Task.Delay(5, Cancel);
        await leave.CancelAsync();
        try
        {
            (await answer).Dispose(); // the head of a stream had come: dropping it closes the connection
        }
        catch (OperationCanceledException)
        {
        }
    }

    private static async Task<CallRecord> IsNobodysFailureAsync(TestGateway gateway, int attempts, string last = "p1")
    {
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.ClientCancelled, attempts), (record.Outcome, record.AttemptCount));
        Assert.Equal(CallOutcome.ClientCancelled, record.Attempt(attempts - 1).Outcome);
        var destination = gateway.Status.Destinations.Single(d => d.Service == last);
        Assert.Equal(("closed", null, 0), (destination.Breaker, destination.Reason, destination.InFlight)); // one failure would have opened it
        Assert.Equal(0, Reserved(gateway));
        return record;
    }

    private static long Reserved(TestGateway gateway) => gateway.Get<IBudgetStatus>().Budgets.Single().Tokens!.Reserved;

    private static Task<TestGateway> StartAsync(Func<ModelConfig, ModelConfig> change, params ChatUpstream[] upstreams) => StartAsync(change, true, TimeProvider.System, upstreams);

    private static Task<TestGateway> StartAsync(Func<ModelConfig, ModelConfig> change, bool breaks, params ChatUpstream[] upstreams) => StartAsync(change, breaks, TimeProvider.System, upstreams);

    private static Task<TestGateway> StartAsync(Func<ModelConfig, ModelConfig> change, TimeProvider time, params ChatUpstream[] upstreams) => StartAsync(change, true, time, upstreams);

    private static Task<TestGateway> StartAsync(Func<ModelConfig, ModelConfig> change, bool breaks, TimeProvider time, params ChatUpstream[] upstreams)
    {
        var breaker = breaks ? new BreakerConfig { MinimumCalls = 1 } : null;
        var document = Document(change, [.. upstreams.Select((u, i) => Provider($"p{i + 1}", u.Address) switch { var p => p with { Spec = p.Spec with { Breaker = breaker } } })]);
        return TestGateway.StartAsync(new TestGateway.Setup { Time = time }, Config.Document([.. document.Resources, new Resource<BudgetConfig>
        {
            ApiVersion = "tidegate/v1", Kind = "Budget", Metadata = new ResourceMetadata { Name = "b" }, Spec = new BudgetConfig { Window = BudgetWindow.Day, Tokens = 1_000_000 },
        }]));
    }
}
