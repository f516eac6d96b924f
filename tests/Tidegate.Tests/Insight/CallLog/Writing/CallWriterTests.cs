using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog.Writing;

public sealed class CallWriterTests
{
    [Fact]
    public async Task Write_OrdinaryAndFailed_EveryFieldComesBack()
    {
        await using var log = await TestCallLog.StartAsync();
        var (ordinary, failed) = (SampleCalls.Ordinary(), SampleCalls.Failed(SampleCalls.Noon.AddMicroseconds(1_234_567)));
        await log.WriteAsync(ordinary, failed);

        const string noShadow = "|null||||null|null|null|null";
        const string noModel = "|||null|null|null|null|null|null||False|null|null";
        const string noFacts = "||False|null";
        Assert.Equal(
            [
                $"{ordinary.Id}|4bf92f35-77b3-4da6-a3ce-929d0e0e4736|00f067aa0ba902b7|2026-01-15T12:00:00.0000000|1500|1200|1300|orders|shop|v2|mobile|k_1|shop-1|GET|api.example.com|/orders/17|192.0.2.7|HTTP/1.1|http|200|null|ok|False|0|321|||3|1{noModel}|null|{noShadow}{noFacts}",
                $"{failed.Id}|4bf92f35-77b3-4da6-a3ce-929d0e0e4736|00f067aa0ba902b7|2026-01-15T12:00:01.2345670|750000|null|null|orders|shop|v2|mobile|k_1|shop-2|GET|api.example.com|/Checkout/Basket|192.0.2.7|HTTP/1.1|http|503|null|upstream_error|True|0|321|Connection refused by shop-2|retry 1: connection refused|3|2{noModel}|null|{noShadow}{noFacts}",
            ],
            log.Rows("SELECT * FROM calls ORDER BY started_at"));
        Assert.Equal(
            [
                $"{ordinary.Id}|2026-01-15T12:00:00.0000000|0|shop|shop-1|100|1100|200|ok|first|{noModel}",
                $"{failed.Id}|2026-01-15T12:00:01.2345670|0|shop|shop-1|100|1100|200|ok|first|{noModel}",
                $"{failed.Id}|2026-01-15T12:00:01.2345670|1|shop|shop-2|2000|500|0|upstream_error|retry|connection refused{noModel}",
            ],
            log.Rows("SELECT * FROM attempts ORDER BY started_at, index"));
    }

    [Fact]
    public async Task Write_OddValues_AreKeptOrShownAsOther()
    {
        await using var log = await TestCallLog.StartAsync();
        var odd = new CallRecord
        {
            StartedAt = SampleCalls.Noon, Path = "/lone \ud800 surr\0ogate", Host = "\u0001", Protocol = "HTTP/9", Kind = "telepathy",
            Method = new string('M', 5000), Status = int.MaxValue, GrpcStatus = 70_000, Route = "'; DROP TABLE calls; --", DurationUs = long.MinValue, ResponseBytes = long.MaxValue,
        };

        await log.WriteAsync(odd); // a NUL, which no server lets through, ends a text: the binding hands over C strings

        Assert.Equal(["null|0000000000000000|/lone \ufffd surr|other|other|32767|32767|'; DROP TABLE calls; --|0"], log.Rows("SELECT trace_id, span_id, path, protocol, kind, status, grpc_status, route, attempts FROM calls"));
    }

    [Fact]
    public async Task Write_AnyCalls_AttemptsAreAllThere()
    {
        await using var log = await TestCallLog.StartAsync();
        var calls = FsCheck.Fluent.Gen.Sample(SampleCalls.Any, 500).ToList();
        await log.WriteAsync(calls);

        var expected = calls.SelectMany(c => Enumerable.Range(0, c.AttemptCount).Select(i => $"{c.Id}|{i}|{c.Attempt(i).Destination}|{c.Attempt(i).StartUs}|{c.Attempt(i).DurationUs}|{c.Attempt(i).Outcome.Word()}"));
        Assert.Equal(expected.Order(), log.Rows("SELECT call_id, index, destination, start_us, duration_us, outcome FROM attempts").Order());
    }

    [Fact]
    public async Task Pause_AfterMoreThanOneBatch_MovesTheLogIntoTheFileBeforeAMinuteIsOver()
    {
        await using var log = await TestCallLog.StartAsync(o => o with { BatchRows = 10, PauseToCheckpoint = TimeSpan.FromMilliseconds(20) });
        await log.WriteAsync(Enumerable.Range(0, 11).Select(_ => SampleCalls.Ordinary()));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        limit.CancelAfter(TimeSpan.FromSeconds(30));
        while (new FileInfo(log.Archive.Segments[^1].LogPath) is { Exists: true, Length: > 0 }) await Task.Delay(10, limit.Token);

        Assert.Equal(["11"], log.Rows("SELECT count(*) FROM calls"));
    }

    [Fact]
    public async Task Stop_WithCallsQueued_WritesThemAndDropsLaterOnes()
    {
        using var directory = new Tidegate.Tests.Support.TempDirectory();
        await using (var log = await TestCallLog.StartAsync(directory: directory.Combine("calls")))
        {
            for (var i = 0; i < 12_000; i++) log.Sink.TryWrite(SampleCalls.Ordinary());
            await log.StopAsync();
            Assert.False(log.Sink.TryWrite(SampleCalls.Ordinary()));
            Assert.Equal(1, log.Sink.Dropped(CallDropReason.ShuttingDown));
        }
        await using var again = await TestCallLog.StartAsync(directory: directory.Combine("calls"));
        Assert.Equal(["12000"], again.Rows("SELECT count(*) FROM calls"));
        Assert.Single(again.Archive.Segments);
    }

    [Fact]
    public async Task Write_WithoutFlush_HappensByItself()
    {
        await using var log = await TestCallLog.StartAsync(o => o with { FlushEvery = TimeSpan.FromMilliseconds(10) });
        log.Sink.TryWrite(SampleCalls.Ordinary());

        Assert.True(SpinWait.SpinUntil(() => log.Writer.Written == 1, TimeSpan.FromSeconds(60)));
    }

    [Fact]
    public async Task Write_WokenWithTooFewCalls_WaitsForCompany()
    {
        await using var log = await TestCallLog.StartAsync(o => o with { FlushEvery = TimeSpan.FromMinutes(5), BatchRows = 100 });
        log.Sink.TryWrite(SampleCalls.Ordinary());

        // The signal of a call that came while the batch before was written is one too many: it must not end the wait.
        for (var i = 0; i < 20; i++)
        {
            log.Sink.Wake!();
            Assert.False(SpinWait.SpinUntil(() => log.Writer.Written > 0, TimeSpan.FromMilliseconds(10)));
        }

        Assert.True(await log.Writer.FlushAsync());
        Assert.Equal(1, log.Writer.Written);
    }
}
