using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Segments;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Writing;

public sealed class CrashTests
{
    // Design 4: at most one second of calls is lost in a crash. For the writer does not wait longer for company (CallWriterTests has that it then writes by itself), and what it has
    // written is kept. How late a busy machine lets it be is not looked at: at a load of 40 that was three seconds.
    [Fact]
    public async Task Kill_WhileCallsAreWritten_LosesNothingThatWasWritten_WhichIsNeverASecondAway()
    {
        Assert.InRange(new CallLogOptions { Directory = "" }.FlushEvery, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        using var directory = new TempDirectory();
        var calls = directory.Combine("calls");
        var random = new Random(20260115);
        for (var round = 1; round <= 3; round++)
        {
            using var child = ChildProgram.Start(WriteUntilKilled, calls, round.ToString());
            Assert.Equal("begun", await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            var written = await KillAsync(child, after: TimeSpan.FromSeconds(4 + (random.NextDouble() * 1.5)));

            await using var log = await TestCallLog.StartAsync(directory: calls, now: DateTimeOffset.UtcNow);
            Assert.Empty(log.Health.Problems);
            var kept = long.Parse(log.Rows($"SELECT count(*) FROM calls WHERE revision = {round}")[0], CultureInfo.InvariantCulture);
            // Sent one after the other: what is kept is the beginning, whole and once.
            Assert.Equal([$"{kept}|{kept}|{kept - 1}"], log.Rows($"SELECT count(*), count(DISTINCT path), max(path::BIGINT) FROM calls WHERE revision = {round}"));
            Assert.Equal([$"{kept * 2}"], log.Rows($"SELECT count(*) FROM attempts WHERE call_id IN (SELECT id FROM calls WHERE revision = {round})"));
            Assert.True(kept >= written, $"round {round}: {written} calls were written, and {kept} were kept");
        }
    }

    // A young log is a file and its write-ahead log; the process that answers SQL reads the file only.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Kill_AfterTheFirstCalls_SqlReadsThemAfterTheNextStart(bool checkpointed)
    {
        using var directory = new TempDirectory();
        var calls = directory.Combine("calls");
        using var child = ChildProgram.Start(WriteThreeAndWait, calls, checkpointed ? "2" : "1000");
        Assert.Equal("written", await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
        child.Kill();
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);

        await using var log = await TestCallLog.StartAsync(directory: calls, now: DateTimeOffset.UtcNow);

        var question = new SqlQuestion { Query = "select count(*) from calls", Limit = SqlQuestion.LongestLimit };
        Assert.Equal("[3]", (await log.Store.SqlAsync(question, TestContext.Current.CancellationToken)).Rows[0].ToJsonString());
    }

    /// <summary>The child: three calls, each on disk before the next, and then nothing until it is killed.</summary>
    private static void WriteThreeAndWait(string[] arguments)
    {
        var options = new CallLogOptions { Directory = arguments[0], CheckpointRows = int.Parse(arguments[1], CultureInfo.InvariantCulture) };
        var sink = new CallSink(options);
        var archive = new SegmentArchive(options, TimeProvider.System, NullLogger<SegmentArchive>.Instance);
        using var writer = new CallWriter(options, sink, archive, [], new CallLogHealth(sink, TimeProvider.System), TimeProvider.System, NullLogger<CallWriter>.Instance);
        _ = writer.StartAsync(CancellationToken.None);
        for (var i = 0; i < 3; i++)
        {
            sink.TryWrite(SampleCalls.Ordinary(DateTimeOffset.UtcNow));
            writer.FlushAsync().GetAwaiter().GetResult();
        }
        Console.WriteLine("written");
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>The child: about 2,000 calls a second, each with two attempts, until it is killed.</summary>
    private static void WriteUntilKilled(string[] arguments)
    {
        var options = new CallLogOptions { Directory = arguments[0], CheckpointRows = 700 }; // many kills hit a checkpoint
        var sink = new CallSink(options);
        var archive = new SegmentArchive(options, TimeProvider.System, NullLogger<SegmentArchive>.Instance);
        using var writer = new CallWriter(options, sink, archive, [], new CallLogHealth(sink, TimeProvider.System), TimeProvider.System, NullLogger<CallWriter>.Instance);
        _ = writer.StartAsync(CancellationToken.None);
        writer.FlushAsync().GetAwaiter().GetResult();
        Console.WriteLine("begun");
        for (var i = 0; ; i++)
        {
            var call = SampleCalls.Failed(DateTimeOffset.UtcNow);
            call.Path = i.ToString();
            call.Revision = long.Parse(arguments[1]);
            sink.TryWrite(call);
            if (i % 20 == 0) Thread.Sleep(10);
            if (i % 100 == 0) Console.WriteLine(writer.Written);
        }
    }

    // Kills it after a time, but not before it has written something; gives how many calls it had written when it last said so.
    private static async Task<long> KillAsync(Process child, TimeSpan after)
    {
        var (began, written, killed) = (Stopwatch.GetTimestamp(), 0L, false);
        while (await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) is { } line)
        {
            if (long.TryParse(line, CultureInfo.InvariantCulture, out var said)) written = said;
            var took = Stopwatch.GetElapsedTime(began);
            Assert.True(written > 0 || took < TimeSpan.FromMinutes(2), "It writes nothing.");
            if (killed || written == 0 || took < after) continue;
            child.Kill();
            killed = true; // what it had still said is read to the end
        }

        if (!killed) throw new InvalidOperationException("The child ended by itself: " + await child.StandardError.ReadToEndAsync());
        await child.WaitForExitAsync(TestContext.Current.CancellationToken);
        return written;
    }
}
