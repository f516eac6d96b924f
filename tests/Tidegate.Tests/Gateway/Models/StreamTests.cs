using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Calls;
using Tidegate.Core.Resources.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using Tidegate.Tests.Support;
using static Tidegate.Tests.Gateway.Models.Support.ChatUpstream;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>Streams that break, and when: semantics 2.3 to 2.8.</summary>
public sealed class StreamTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Fact]
    public async Task Semantics2_3_ErrorEventBeforeContent_GoesElsewhereUnseen()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Error));
        await using var second = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(first, second);

        var (status, body) = await gateway.AskAsync(AskStream);

        Assert.Equal(200, status);
        Assert.Equal(Role + Content("here") + Stop + Done, body);
        Assert.Equal((CallOutcome.Ok, 2), (await gateway.Calls.NextAsync() is var r ? r.Outcome : default, gateway.Calls.Records[0].AttemptCount));
    }

    [Fact]
    public async Task Semantics2_3_CutBeforeContent_GoesElsewhereUnseen()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Cut));
        await using var second = await ChatUpstream.StartAsync(Says("here"));
        await using var gateway = await StartAsync(first, second);

        Assert.Equal(Role + Content("here") + Stop + Done, (await gateway.AskAsync(AskStream)).Body);
    }

    [Fact]
    public async Task Semantics2_4_FirstTokenDeadline_PingsAreNoTokens_TheSilentTargetIsNotAskedAgain()
    {
        await using var silent = await ChatUpstream.StartAsync(Streams(Role, Ping, Ping, Silence));
        await using var second = await ChatUpstream.StartAsync(Fails(500), Says("here"));
        await using var gateway = await StartTimedAsync(new ModelTimeoutsConfig { FirstToken = TimeSpan.FromSeconds(4) }, silent, second);

        var answering = gateway.AskAsync(AskStream);
        await silent.Silent.Task.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        _time.Advance(TimeSpan.FromSeconds(4.1));
        var (status, body) = await answering;

        Assert.Equal(200, status);
        Assert.Contains("here", body, StringComparison.Ordinal);
        Assert.Equal((1, 2), (silent.Calls, second.Calls));
        var record = await gateway.Calls.NextAsync();
        Assert.Equal(("no token in time", CallOutcome.Timeout), (record.Attempt(0).Error, record.Attempt(0).Outcome));
    }

    [Fact]
    public async Task Semantics2_4_IdleDeadline_EndsInAnErrorInTheStream()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Ping, Silence));
        await using var gateway = await StartTimedAsync(new ModelTimeoutsConfig { FirstToken = TimeSpan.FromHours(1), Idle = TimeSpan.FromSeconds(4) }, upstream);

        using var answer = await gateway.PostAsync(AskStream);
        var body = await _time.PassUntilAsync(answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));

        ExpectBrokenOff(body);
        var record = await gateway.Calls.NextAsync();
        Assert.Equal((CallOutcome.Truncated, "silent between tokens"), (record.Outcome, record.Error));
    }

    [Theory]
    [InlineData(Cut)]
    [InlineData("")]
    public async Task Semantics2_5_FailureAfterCommit_IsNeverShownAsACleanEnd(string ending)
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Gate, ending));
        await using var second = await ChatUpstream.StartAsync(Says("no"));
        await using var gateway = await StartAsync(first, second);

        var (status, body) = await gateway.AskAsync(AskStream, first);

        Assert.Equal(200, status);
        ExpectBrokenOff(body);
        Assert.Equal(0, second.Calls);
        Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task Semantics2_5_ErrorEventAfterCommit_IsPassedOnAndRecorded()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Gate, Error));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(Role + Content("so far") + Error, (await gateway.AskAsync(AskStream, upstream)).Body);
        Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task Semantics2_5_DeadlineWhileTheCallerReadsSlowly_NothingIsSentTwice()
    {
        var sent = 0;
        await using var upstream = await ChatUpstream.StartAsync(async context =>
        {
            while (true) await context.Response.WriteAsync(Content($"<{Interlocked.Increment(ref sent)}>" + new string('x', 2000)), context.RequestAborted);
        });
        await using var gateway = await StartTimedAsync(new ModelTimeoutsConfig { Total = TimeSpan.FromSeconds(20) }, upstream);

        using var answer = await gateway.PostAsync(AskStream);
        for (var last = -1; last != Volatile.Read(ref sent); await Task.Delay(300, TestContext.Current.CancellationToken)) last = Volatile.Read(ref sent); // until nobody takes anything more
        _time.Advance(TimeSpan.FromSeconds(20.1));
        var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

        var numbers = Regex.Matches(body, "<([0-9]+)>").Select(m => int.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(Enumerable.Range(1, numbers.Count), numbers);
        Assert.Contains("\"error\":{", body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        Assert.Equal(CallOutcome.Truncated, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task Semantics2_6_NotAskedFor_NothingIsRescued()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("so far"), Gate, Cut));
        await using var second = await ChatUpstream.StartAsync(Says("so far and further"));
        await using var gateway = await StartAsync(first, second);

        ExpectBrokenOff((await gateway.AskAsync(AskStream, first)).Body);
        Assert.Equal(0, second.Calls);
    }

    [Fact]
    public async Task Semantics2_6a_Hold_ABrokenStreamIsTriedAgainUnseen()
    {
        await using var first = await ChatUpstream.StartAsync(Streams(Role, Content("half"), Cut));
        await using var second = await ChatUpstream.StartAsync(Says("whole"));
        await using var gateway = await StartAsync(m => m with { Rescue = RescueMode.Hold }, first, second);

        Assert.Equal(Role + Content("whole") + Stop + Done, (await gateway.AskAsync(AskStream)).Body);
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Theory]
    [InlineData("")]
    [InlineData(Cut)]
    public async Task Semantics2_7_FinishReasonWithoutDone_IsSuccess(string ending)
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("all"), Stop, Gate, ending));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(Role + Content("all") + Stop + Done, (await gateway.AskAsync(AskStream, upstream)).Body);
        Assert.Equal(CallOutcome.Ok, (await gateway.Calls.NextAsync()).Outcome);
    }

    [Fact]
    public async Task Semantics2_8_MalformedEvents_AreSkippedAndCounted()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, "data: {half\n\n", Content("all"), "data: <html>\n\n", Stop, Done));
        await using var gateway = await StartAsync(upstream);

        Assert.Equal(Role + Content("all") + Stop + Done, (await gateway.AskAsync(AskStream)).Body);
        Assert.Contains("2 malformed events skipped", (await gateway.Calls.NextAsync()).Why, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Semantics1_6_CallerLeavesAStream_TheUpstreamIsFreed()
    {
        await using var upstream = await ChatUpstream.StartAsync(Streams(Role, Content("a"), Silence));
        await using var gateway = await StartAsync(upstream);

        using (var answer = await gateway.PostAsync(AskStream))
        {
            var stream = await answer.Content.ReadAsStreamAsync(TestContext.Current.CancellationToken);
            Assert.True(await stream.ReadAsync(new byte[10], TestContext.Current.CancellationToken) > 0);
        }

        await upstream.Left.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(CallOutcome.ClientCancelled, (await gateway.Calls.NextAsync()).Outcome);
    }

    // The clock is the test's: nobody is late because the machine is.
    private Task<TestGateway> StartTimedAsync(ModelTimeoutsConfig timeouts, params ChatUpstream[] upstreams) =>
        TestGateway.StartAsync(new TestGateway.Setup { Time = _time }, Document(m => m with { Timeouts = timeouts }, upstreams));

    private static void ExpectBrokenOff(string body)
    {
        Assert.StartsWith(Role + Content("so far"), body, StringComparison.Ordinal);
        Assert.Contains("\"error\"", body, StringComparison.Ordinal);
        Assert.DoesNotContain("[DONE]", body, StringComparison.Ordinal);
        Assert.DoesNotContain("\"stop\"", body, StringComparison.Ordinal);
    }
}
