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
    // One second is the design; the rest is for a machine so busy that the writer's thread is late (seen: 1.08 s at load 40).
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(3);

    // What a second makes. A process that had no processor for seconds has not made calls either.
    private const long CallsOfASecond = 2_000;

    // Design 4: at most one second of calls is lost in a crash.
    [Fact]
    public async Task Kill_WhileCallsAreWritten_LosesAtMostOneSecond()
    {
        using var directory = new TempDirectory();
        var calls = directory.Combine("calls");
        var random = new Random(20260115);
        for (var round = 1; round <= 3; round++)
        {
            using var child = ChildProgram.Start(WriteUntilKilled, calls, round.ToString());
            Assert.Equal("begun", await child.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken));
            var (last, _) = await ReadUntil(child, TimeSpan.FromSeconds(4 + (random.NextDouble() * 1.5)));
            child.Kill();
            var killed = DateTimeOffset.UtcNow;
            await child.WaitForExitAsync(TestContext.Current.CancellationToken);

            await using var log = await TestCallLog.StartAsync(directory: calls, now: DateTimeOffset.UtcNow);
            Assert.Empty(log.Health.Problems);
            var kept = long.Parse(log.Rows($"SELECT count(*) FROM calls WHERE revision = {round}")[0], CultureInfo.InvariantCulture);
            // Sent one after the other: what is kept is the beginning, whole and once.
            Assert.Equal([$"{kept}|{kept}|{kept - 1}"], log.Rows($"SELECT count(*), count(DISTINCT path), max(path::BIGINT) FROM calls WHERE revision = {round}"));
            Assert.Equal([$"{kept * 2}"], log.Rows($"SELECT count(*) FROM attempts WHERE call_id IN (SELECT id FROM calls WHERE revision = {round})"));
            var newest = DateTime.ParseExact(log.Rows($"SELECT max(started_at) FROM calls WHERE revision = {round}")[0], "O", CultureInfo.InvariantCulture);
            var sent = long.Parse(last ?? "0", CultureInfo.InvariantCulture);
            Assert.True(kept > 0 && (killed.UtcDateTime - newest < Promise || sent - kept < CallsOfASecond), $"round {round}: the newest of {kept} calls kept ended {killed.UtcDateTime - newest} before the kill; {sent} were sent");
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
            if (i % 100 == 0) Console.WriteLine(i);
        }
    }

    private static async Task<(string? Last, int Lines)> ReadUntil(System.Diagnostics.Process child, TimeSpan length)
    {
        using var limit = new CancellationTokenSource(length);
        string? last = null;
        var lines = 0;
        try
        {
            for (; await child.StandardOutput.ReadLineAsync(limit.Token) is { } line; lines++) last = line;
        }
        catch (OperationCanceledException)
        {
            return (last, lines);
        }
        throw new InvalidOperationException("The child ended by itself: " + await child.StandardError.ReadToEndAsync());
    }
}
