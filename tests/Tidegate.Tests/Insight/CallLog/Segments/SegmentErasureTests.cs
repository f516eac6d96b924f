using System.Text;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Filter;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Segments;

/// <summary>A consumer's records are gone, and not only from view.</summary>
public sealed class SegmentErasureTests
{
    private const string Whose = "erase-o'me";

    [Fact]
    public async Task Erase_NothingOfTheConsumerRemainsInAnyFile_AndOthersAreThere()
    {
        await using var log = await TestCallLog.StartAsync();
        for (var day = 0; day < 3; day++)
        {
            await log.WriteAsync(Enumerable.Range(0, 20).Select(i => Call(log, i % 4 == 0 ? Whose : i % 4 == 1 ? "" : "another", i)));
            log.Time.Advance(TimeSpan.FromDays(1));
        }

        log.Sink.TryWrite(Call(log, Whose, 1)); // on its way to the disk
        var others = log.Rows("SELECT count(*), count(DISTINCT id), sum(duration_us), max(why) FROM calls WHERE consumer <> 'erase-o''me'");
        var attempts = log.Rows("SELECT count(*) FROM attempts a JOIN calls c ON c.id = a.call_id WHERE c.consumer <> 'erase-o''me'");
        string[] needles = [Whose, "/secret/path/of/theirs", "theirs-failed"];
        Assert.All(needles, n => Assert.True(Holds(log, n), $"{n} must be found before"));

        Assert.Equal(16, await log.Store.EraseAsync(Whose, TestContext.Current.CancellationToken));

        Assert.All(needles, n => Assert.False(Holds(log, n), $"{n} is in a file"));
        Assert.Equal(["0"], log.Rows("SELECT count(*) FROM calls WHERE consumer = 'erase-o''me'"));
        Assert.Equal(others, log.Rows("SELECT count(*), count(DISTINCT id), sum(duration_us), max(why) FROM calls"));
        Assert.Equal(attempts, log.Rows("SELECT count(*) FROM attempts"));
        Assert.Equal(0, await log.Store.EraseAsync(Whose, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Erase_TheLogGoesOn_AndIsReadAfterARestart()
    {
        using var directory = new TempDirectory();
        await using (var log = await TestCallLog.StartAsync(directory: directory.Combine("calls")))
        {
            await log.WriteAsync(Call(log, Whose, 0), Call(log, "another", 1));
            Assert.Equal(1, await log.Store.EraseAsync(Whose, TestContext.Current.CancellationToken));
            await log.WriteAsync(Call(log, Whose, 2)); // of another day, as far as erasure is concerned
            Assert.Equal(["2"], log.Rows("SELECT count(*) FROM calls"));
        }

        await using var again = await TestCallLog.StartAsync(directory: directory.Combine("calls"));
        Assert.Equal(["another|1", $"{Whose}|1"], again.Rows("SELECT consumer, count(*) FROM calls GROUP BY ALL ORDER BY ALL"));
        Assert.Empty(again.Archive.Damaged);
    }

    [Fact]
    public async Task Erase_ASegmentWithNothingElse_IsDeleted()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(Call(log, Whose, 0));
        var file = log.Archive.Segments.Single().Path;
        log.Time.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, await log.Store.EraseAsync(Whose, TestContext.Current.CancellationToken));

        Assert.False(File.Exists(file));
        Assert.Equal(["0"], log.Rows("SELECT count(*) FROM calls"));
    }

    [Fact]
    public async Task Erase_WhileSomebodyReads_WaitsForThem_AndCallsAreWrittenMeanwhile()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(Call(log, Whose, 0), Call(log, "another", 1));
        Task<long> erasing;
        int others;
        using (var reading = log.Archive.Read(null, null))
        {
            erasing = log.Store.EraseAsync(Whose, TestContext.Current.CancellationToken);
            var written = 0;
            for (; log.Archive.Segments.Count < 2 || written < 3; written++) await log.WriteAsync(Call(log, "another", 3));
            Assert.False(erasing.IsCompleted);
            others = 1 + written;
            Assert.InRange(reading.Query(new SqlText().Add("SELECT count(*) FROM calls"), static rows => rows.Read() ? rows.GetInt64(0) : 0, CancellationToken.None), 2, 1 + others);
        }

        Assert.Equal(1, await erasing);
        Assert.Equal([$"{others}"], log.Rows("SELECT count(*) FROM calls"));
    }

    [Fact]
    public async Task Erase_SomebodyReadsForEver_IsGivenUpAndSaid()
    {
        await using var log = await TestCallLog.StartAsync();
        await log.WriteAsync(Call(log, Whose, 0));
        using var reading = log.Archive.Read(null, null);
        var erasing = log.Store.EraseAsync(Whose, TestContext.Current.CancellationToken);
        await log.WriteAsync(Call(log, "another", 1));
        while (!erasing.IsCompleted)
        {
            log.Time.Advance(TimeSpan.FromSeconds(30));
            await log.Writer.FlushAsync();
        }

        var gaveUp = await Assert.ThrowsAsync<CallLogUnavailableException>(() => erasing);
        Assert.Equal("The call log cannot be changed: it is being read.", gaveUp.Message);
        Assert.Empty(log.Health.Problems);
    }

    private static CallRecord Call(TestCallLog log, string consumer, int n)
    {
        var call = n % 2 == 0 ? SampleCalls.Ordinary(log.Time.GetUtcNow()) : SampleCalls.OfModel(log.Time.GetUtcNow());
        call.Consumer = consumer;
        call.Path = consumer == Whose ? "/secret/path/of/theirs" : "/path";
        if (consumer == Whose) call.AddAttempt(new("theirs-failed", 1, 2, 500, CallOutcome.UpstreamError, AttemptKind.Retry, "theirs-failed"));
        call.Why = $"note {n}";
        return call;
    }

    private static bool Holds(TestCallLog log, string needle) =>
        Directory.GetFiles(log.Options.Directory, "*", SearchOption.AllDirectories).Any(f => File.ReadAllBytes(f).AsSpan().IndexOf(Encoding.UTF8.GetBytes(needle)) >= 0);
}
