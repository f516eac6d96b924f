using FsCheck.Fluent;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog;

public sealed class CallStoreTests
{
    private static readonly DateTimeOffset Noon = SampleCalls.Noon;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task ListAsync_PageAfterPageWhileCallsArrive_EveryCallOnceNewestFirst()
    {
        await using var log = await TestCallLog.StartAsync();
        var calls = SampleCalls.Any.Sample(200).ToList();
        await log.WriteAsync(calls);

        var seen = new List<CallEntry>();
        string? cursor = null;
        do
        {
            var page = await log.Store.ListAsync(new() { Limit = 30, Cursor = cursor }, Cancel);
            seen.AddRange(page.Items);
            cursor = page.Next;
            await log.WriteAsync(SampleCalls.Ordinary(Noon.AddDays(1)));
        }
        while (cursor is not null);

        Assert.Equal(calls.Select(c => c.Id.ToString("N")).Order(), seen.Select(c => c.Id).Order());
        Assert.Equal(seen.OrderByDescending(c => c.StartedAt).Select(c => c.StartedAt), seen.Select(c => c.StartedAt));
    }

    [Fact]
    public async Task ListAsync_TimeAndFilter_OnlyThose()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(SampleCalls.Ordinary(Noon), SampleCalls.Failed(Noon.AddMinutes(1)), SampleCalls.Failed(Noon.AddMinutes(2)), SampleCalls.Failed(Noon.AddMinutes(3)));

        var page = await log.Store.ListAsync(new() { From = Noon.AddMinutes(1), Until = Noon.AddMinutes(3), Filter = CallFilter.Parse("status >= 500") }, Cancel);

        Assert.Equal([Noon.AddMinutes(2), Noon.AddMinutes(1)], page.Items.Select(c => c.StartedAt));
        Assert.Equal((2, null), (page.Total, page.Next));
    }

    [Fact]
    public async Task ListAsync_Entry_IsTheSameAsTheLiveOne()
    {
        await using var log = await TestCallLog.StartAsync();
        foreach (var call in new[] { SampleCalls.Ordinary(), SampleCalls.Failed() })
        {
            await log.WriteAsync(call);
            Assert.Equal(CallEntry.Of(call), (await log.Store.FindAsync(call.Id, Cancel))!.Call);
        }
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-")]
    [InlineData("ffffffffffffffff-4bf92f3577b34da6a3ce929d0e0e4736")]
    [InlineData("1-4bf9")]
    public async Task ListAsync_ForeignCursor_IsRefused(string cursor)
    {
        await using var log = await TestCallLog.StartAsync();
        Assert.Equal("cursor", (await Assert.ThrowsAsync<CallQueryException>(() => log.Store.ListAsync(new() { Cursor = cursor }, Cancel))).Parameter);
    }

    [Fact]
    public async Task FindAsync_Call_ComesWithItsAttempts()
    {
        await using var log = await TestCallLog.StartAsync();
        var call = SampleCalls.Failed();
        await log.WriteAsync(SampleCalls.Ordinary(), call);

        var detail = await log.Store.FindAsync(call.Id, Cancel);

        Assert.Equal(
            [new(0, "shop-1", 100, 1100, 200, "ok", "first", ""), new(1, "shop-2", 2000, 500, 0, "upstream_error", "retry", "connection refused")],
            detail!.Attempts);
        Assert.Null(await log.Store.FindAsync(Guid.NewGuid(), Cancel));
    }

    [Fact]
    public async Task SeriesAsync_ByRoute_CountsErrorsAndExactPercentilesPerStep()
    {
        await using var log = await TestCallLog.StartAsync();
        var calls = new List<CallRecord>();
        for (var i = 0; i < 1000; i++)
        {
            var call = i % 10 == 0 ? SampleCalls.Failed(Noon.AddSeconds(i % 120)) : SampleCalls.Ordinary(Noon.AddSeconds(i % 120));
            call.Route = $"r{i % 3}";
            call.DurationUs = 1000 + i;
            calls.Add(call);
        }
        await log.WriteAsync(calls);

        var series = await log.Store.SeriesAsync(new() { From = Noon.AddMinutes(-1), Until = Noon.AddMinutes(3), Step = TimeSpan.FromMinutes(1), By = "route", Limit = 2 }, Cancel);

        Assert.Equal(("1m", "route", Noon.AddMinutes(-1)), (series.Step, series.By, series.From));
        Assert.Equal([("r0", false), ("r1", false), ((string?)null, true)], series.Lines.Select(l => (l.Key, l.Rest)));
        foreach (var line in series.Lines)
        {
            Assert.Equal([Noon.AddMinutes(-1), Noon, Noon.AddMinutes(1), Noon.AddMinutes(2)], line.Points.Select(p => p.At));
            Assert.Equal(CallNumbers.None, line.Points[0].Numbers);
            Assert.Equal(CallNumbers.None, line.Points[3].Numbers);
            for (var minute = 0; minute < 2; minute++)
            {
                var expected = calls.Where(c => c.Route == (line.Key ?? "r2") && c.StartedAt >= Noon.AddMinutes(minute) && c.StartedAt < Noon.AddMinutes(minute + 1)).ToList();
                Assert.Equal(NumbersOf(expected), line.Points[minute + 1].Numbers);
            }
        }
    }

    [Fact]
    public async Task SeriesAsync_WithoutDimension_IsOneSeriesOfAll()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(SampleCalls.Ordinary(), SampleCalls.Failed());

        var series = await log.Store.SeriesAsync(new() { From = Noon, Until = Noon.AddHours(1) }, Cancel);

        var line = Assert.Single(series.Lines);
        Assert.Equal((null, false, "30s", 120), (line.Key, line.Rest, series.Step, line.Points.Count));
        Assert.Equal((2, 1, 0.5), (line.Points[0].Numbers.Count, line.Points[0].Numbers.Errors, line.Points[0].Numbers.ErrorRatio));
    }

    [Fact]
    public async Task SeriesAsync_Wrong_SaysWhatIsLegal()
    {
        await using var log = await TestCallLog.StartAsync();
        var good = new CallSeriesQuery { From = Noon, Until = Noon.AddDays(1) };

        Assert.Equal("since", (await Refused(good with { Until = Noon })).Parameter);
        Assert.Equal("limit", (await Refused(good with { Limit = 0 })).Parameter);
        Assert.Equal("step", (await Refused(good with { Step = TimeSpan.FromTicks(1) })).Parameter);
        Assert.Contains("a step of 2s or more", (await Refused(good with { Step = TimeSpan.FromSeconds(1) })).Action);
        Assert.Contains("Dimensions: route", (await Assert.ThrowsAsync<CallQueryException>(() => log.Store.SeriesAsync(good with { By = "duration" }, Cancel))).Action);

        Task<CallQueryException> Refused(CallSeriesQuery query) => Assert.ThrowsAsync<CallQueryException>(() => log.Store.SeriesAsync(query, Cancel));
    }

    [Fact]
    public async Task SeriesAsync_EveryDimension_Works()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(SampleCalls.Any.Sample(100));
        foreach (var field in CallFields.All.Where(f => f.IsDimension))
        {
            var series = await log.Store.SeriesAsync(new() { From = Noon, Until = Noon.AddHours(6), By = field.Name, Limit = 100 }, Cancel);
            Assert.Equal(100, series.Lines.Sum(l => l.Points.Sum(p => p.Numbers.Count)));
        }
    }

    [Fact]
    public async Task TopAsync_EveryMeasure_LargestFirst()
    {
        await using var log = await TestCallLog.StartAsync();
        var calls = SampleCalls.Any.Sample(300).ToList();
        await log.WriteAsync(calls);
        foreach (var measure in CallMeasures.Words)
        {
            var top = await log.Store.TopAsync(new() { By = "route", Measure = measure, Limit = 3 }, Cancel);
            Assert.Equal(3, top.Count);
            Assert.All(top, row => Assert.Equal(NumbersOf([.. calls.Where(c => c.Route == row.Key)]), row.Numbers));
        }
        var byCount = await log.Store.TopAsync(new() { By = "route" }, Cancel);
        Assert.Equal(byCount.OrderByDescending(r => r.Numbers.Count), byCount);
        Assert.Contains("Did you mean 'errorRatio'?", (await Assert.ThrowsAsync<CallQueryException>(() => log.Store.TopAsync(new() { By = "route", Measure = "error-ratio" }, Cancel))).Message);
    }

    [Fact]
    public async Task Queries_Cancelled_StopTheEngine()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(Enumerable.Range(0, 20_000).Select(i => SampleCalls.Ordinary(Noon.AddMilliseconds(i))));
        using var cancel = CancellationTokenSource.CreateLinkedTokenSource(Cancel);

        var running = log.Runner.RunAsync(null, null, static (reading, stop) => reading.Query(
            new SqlText().Add("SELECT count(*) FROM calls a, calls b, calls c WHERE a.path || b.path || c.path = 'x'"), static rows => rows.Read(), stop), cancel.Token);
        cancel.CancelAfter(200);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        Assert.Equal(["20000"], log.Rows("SELECT count(*) FROM calls"));
    }

    [Fact]
    public async Task Queries_TooLong_AreStoppedAndSaidToBe()
    {
        await using var log = await TestCallLog.StartAsync(o => o with { QueryLimit = TimeSpan.FromMilliseconds(200) });
        await log.WriteAsync(Enumerable.Range(0, 20_000).Select(i => SampleCalls.Ordinary(Noon.AddMilliseconds(i))));

        var error = await Assert.ThrowsAsync<QueryLimitException>(() => log.Runner.RunAsync(null, null, static (reading, stop) => reading.Query(
            new SqlText().Add("SELECT count(*) FROM calls a, calls b, calls c WHERE a.path || b.path || c.path = 'x'"), static rows => rows.Read(), stop), Cancel));

        Assert.Equal("The query took longer than 200ms and was stopped.", error.Message);
    }

    [Fact]
    public async Task Queries_TooMuchMemory_AreStoppedAndWritingGoesOn()
    {
        await using var log = await TestCallLog.StartAsync(o => o with { MemoryBytes = 64L << 20 });
        await log.WriteAsync(Enumerable.Range(0, 20_000).Select(i => SampleCalls.Ordinary(Noon.AddMilliseconds(i))));

        var error = await Assert.ThrowsAsync<QueryLimitException>(() => log.Runner.RunAsync(null, null, static (reading, stop) => reading.Query(
            new SqlText().Add("SELECT DISTINCT a.id, b.id FROM calls a, calls b"), static rows => rows.Read(), stop), Cancel));

        Assert.Contains("memory", error.Message);
        await log.WriteAsync(SampleCalls.Ordinary());
        Assert.Equal(["20001"], log.Rows("SELECT count(*) FROM calls"));
    }

    private static CallNumbers NumbersOf(List<CallRecord> calls)
    {
        var sorted = calls.Select(c => c.DurationUs).Order().ToList();
        var errors = calls.Count(c => c.Outcome.IsServiceFailure());
        return new(
            calls.Count, errors, (double)errors / calls.Count, Rank(0.5), Rank(0.9), Rank(0.95), Rank(0.99), sorted[^1], sorted.Sum(),
            calls.Sum(c => c.RequestBytes), calls.Sum(c => c.ResponseBytes));

        long Rank(double q) => sorted[Math.Max(1, (int)Math.Ceiling(q * sorted.Count)) - 1];
    }
}
