using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog.Segments;

public sealed class RetentionTests
{
    [Fact]
    public async Task Days_Over_OldestSegmentsGoAndTheirFilesToo()
    {
        await using var log = await TestCallLog.StartAsync(o => o with { Days = 3 });
        for (var day = 0; day < 6; day++)
        {
            await log.WriteAsync(SampleCalls.Ordinary(log.Time.GetUtcNow()), SampleCalls.Ordinary(log.Time.GetUtcNow()));
            log.Time.Advance(TimeSpan.FromDays(1));
        }
        await Pass(log, TimeSpan.FromHours(3));

        Assert.Equal(["2026-01-19", "2026-01-20", "2026-01-21"], log.Archive.Segments.Where(s => s.Calls > 0).Select(s => s.Day.ToString("O")));
        Assert.Equal(log.Archive.Segments.Select(s => s.Path).Order(), Directory.GetFiles(log.Options.Directory, "*.duckdb").Order());
        Assert.Equal([log.Archive.Segments.Sum(s => s.Calls).ToString()], log.Rows("SELECT count(*) FROM calls"));
    }

    [Fact]
    public async Task Days_ClockStepsAheadAndBack_NothingIsLost()
    {
        await using var log = await TestCallLog.StartAsync(o => o with { Days = 3 });
        await log.WriteAsync(SampleCalls.Ordinary(log.Time.GetUtcNow()));
        log.Time.Advance(TimeSpan.FromDays(1));
        await log.WriteAsync(SampleCalls.Ordinary(log.Time.GetUtcNow()));

        log.Time.AdjustTime(log.Time.GetUtcNow().AddDays(400));
        await Pass(log, TimeSpan.FromMinutes(30));
        log.Time.AdjustTime(log.Time.GetUtcNow().AddDays(-400));
        await Pass(log, TimeSpan.FromMinutes(2));
        await Pass(log, TimeSpan.FromHours(2));

        Assert.Equal(["2"], log.Rows($"SELECT count(*) FROM calls WHERE started_at <= TIMESTAMP '2026-01-16 12:00:00'"));
    }

    [Fact]
    public async Task Bytes_Over_StaysWithinAndKeepsTheNewest()
    {
        const long limit = 12L << 20;
        await using var log = await TestCallLog.StartAsync(o => o with { MaxBytes = limit, QueueRecords = 200_000 });
        var random = new Random(1);
        for (var i = 0; i < 10; i++)
        {
            await log.WriteAsync(Enumerable.Range(0, 20_000).Select(_ => Incompressible(random, log.Time.GetUtcNow())));
            log.Time.Advance(TimeSpan.FromSeconds(61));
            await log.WriteAsync(SampleCalls.Ordinary(log.Time.GetUtcNow()));
            Assert.InRange(log.Archive.Bytes, 0, limit + log.Options.SegmentBytes);
        }

        Assert.True(log.Archive.IsFull);
        Assert.InRange(log.Archive.Segments.Count, 2, 10);
        var kept = log.Rows("SELECT count(*) < 200000, max(started_at) = (SELECT max(started_at) FROM attempts) FROM calls");
        Assert.Equal(["True|True"], kept);
        Assert.Equal(DateTime.SpecifyKind(log.Time.GetUtcNow().UtcDateTime, DateTimeKind.Unspecified).ToString("O"), log.Rows("SELECT max(started_at) FROM calls")[0]);
    }

    [Fact]
    public async Task Drop_WhileItIsRead_ReaderFinishesThenTheFileGoes()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(Enumerable.Range(0, 10_000).Select(_ => SampleCalls.Ordinary(log.Time.GetUtcNow())));
        log.Time.Advance(TimeSpan.FromDays(1));
        await log.WriteAsync(SampleCalls.Ordinary(log.Time.GetUtcNow()));
        var old = log.Archive.Segments[0];

        using (var reading = log.Archive.Read(null, null))
        {
            var seen = reading.Query(new SqlText().Add("SELECT id FROM calls"), reader =>
            {
                Assert.True(reader.Read());
                log.Archive.Drop([old]);
                Assert.True(File.Exists(old.Path));
                Assert.Equal(["1"], log.Rows("SELECT count(*) FROM calls"));
                var rows = 1;
                while (reader.Read()) rows++;
                return rows;
            }, TestContext.Current.CancellationToken);
            Assert.Equal(10_001, seen);
        }
        Assert.False(File.Exists(old.Path));
    }

    [Fact]
    public async Task Read_TimeGiven_OnlySegmentsThatOverlapAreOpenedForIt()
    {
        await using var log = await TestCallLog.StartAsync();
        var first = log.Time.GetUtcNow().UtcDateTime;
        for (var day = 0; day < 3; day++)
        {
            await log.WriteAsync(SampleCalls.Ordinary(log.Time.GetUtcNow()));
            log.Time.Advance(TimeSpan.FromDays(1));
        }

        Assert.Equal([1, 1, 3, 0, 2], new[] { (first, first.AddHours(1)), (first.AddDays(1), first.AddDays(1).AddTicks(10)), (first, first.AddDays(3)), (first.AddDays(-3), first), (first.AddHours(1), (DateTime?)null) }
            .Select(range => log.Archive.Segments.Count(s => s.Overlaps(range.Item1, range.Item2))));
    }

    // The writer looks at retention once a minute.
    private static async Task Pass(TestCallLog log, TimeSpan time)
    {
        for (var i = 0; i < 2; i++)
        {
            log.Time.Advance((time / 2) + TimeSpan.FromMinutes(1));
            await log.WriteAsync(SampleCalls.Ordinary(log.Time.GetUtcNow()));
            await log.Writer.FlushAsync();
        }
    }

    private static CallRecord Incompressible(Random random, DateTimeOffset at)
    {
        var call = SampleCalls.Ordinary(at);
        call.Path = "/" + Convert.ToHexString(BitConverter.GetBytes(random.NextInt64()));
        call.TraceId = SampleCalls.NewTrace();
        call.Id = Guid.NewGuid();
        return call;
    }
}
