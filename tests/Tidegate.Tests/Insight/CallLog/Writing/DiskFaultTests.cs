using System.Diagnostics;
using Tidegate.Core.Calls;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Insight.CallLog.Writing;

public sealed class DiskFaultTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Write_DiskFull_DropsAndCountsAndSaysSoAndRecovers()
    {
        using var disk = new SmallDisk(megabytes: 24);
        await using var log = await TestCallLog.StartAsync(o => o with { QueueRecords = 10_000, BatchRows = 500, GiveUpAfter = TimeSpan.FromSeconds(2) }, disk.Path + "/calls");
        await log.WriteAsync(Calls(1_000));
        disk.Fill();

        var slowest = TimeSpan.Zero;
        for (var sent = 0; log.Sink.Dropped(CallDropReason.QueueFull) < 1_000; sent++)
        {
            var began = Stopwatch.GetTimestamp();
            log.Sink.TryWrite(SampleCalls.Ordinary());
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, Stopwatch.GetElapsedTime(began).Ticks));
        }
        Eventually(() => log.Health.Problems.Any(p => p.Contains("cannot be written")));
        log.Time.Advance(TimeSpan.FromSeconds(3)); // past the patience for one batch
        Eventually(() => log.Sink.Dropped(CallDropReason.WriteFailed) > 0);
        // The disk is full until below: a call that waited for it would wait for ever.
        Assert.True(slowest < Long, $"A call waited {slowest} for the log.");

        disk.Empty();
        Eventually(() => log.Sink.Count == 0 && !log.Health.Problems.Any(p => p.Contains("cannot be written")));
        await log.WriteAsync(Calls(100));

        Assert.Equal([log.Writer.Written.ToString()], log.Rows("SELECT count(*) FROM calls"));
        Assert.Equal(["true"], log.Rows("SELECT (count(DISTINCT id) = count(*))::VARCHAR FROM calls"));
        Assert.InRange(log.Writer.Written, 1_100, 11_200);
    }

    [Fact]
    public async Task Write_DiskFullWithoutTraffic_RecoversByItself()
    {
        using var disk = new SmallDisk(megabytes: 24);
        await using var log = await TestCallLog.StartAsync(o => o with { GiveUpAfter = TimeSpan.Zero }, disk.Path + "/calls");
        disk.Fill();
        foreach (var call in Calls(3_000)) log.Sink.TryWrite(call);
        Assert.False(await log.Writer.FlushAsync());
        Assert.NotEmpty(log.Health.Problems);

        disk.Empty();

        Eventually(() => !log.Health.Problems.Any(p => p.Contains("cannot be written")));
        Assert.Equal(3_000, log.Sink.Dropped(CallDropReason.WriteFailed));
    }

    [Fact]
    public async Task Start_DiskFull_LeavesNoBrokenSegmentsBehind()
    {
        using var disk = new SmallDisk(megabytes: 24);
        disk.Fill();
        await using var log = await TestCallLog.StartAsync(o => o with { GiveUpAfter = TimeSpan.Zero }, disk.Path + "/calls");
        // Each of these tries to open it again.
        for (var i = 0; i < 5; i++)
        {
            log.Sink.TryWrite(SampleCalls.Ordinary());
            Assert.False(await log.Writer.FlushAsync());
        }

        Assert.InRange(Directory.Exists(log.Options.Directory) ? Directory.GetFiles(log.Options.Directory).Length : 0, 0, 1); // one that is being tried just now
        disk.Empty();
        Eventually(() => !log.Health.Problems.Any(p => p.Contains("cannot be written")));
        Assert.Empty(log.Archive.Damaged);
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(log.Options.Directory));
    }

    [Fact]
    public async Task Start_ReadOnlyDirectory_DropsAndCountsAndSaysSoAndRecovers()
    {
        using var disk = new SmallDisk(megabytes: 24, readOnly: true);
        await using var log = await TestCallLog.StartAsync(o => o with { QueueRecords = 100 }, disk.Path + "/calls");
        foreach (var call in Calls(1_000)) log.Sink.TryWrite(call);
        Assert.Contains("cannot be written", Assert.Single(log.Health.Problems, p => p.Contains("Read-only")));
        Assert.True(log.Sink.DroppedInAll > 0);
        Assert.Throws<CallLogUnavailableException>(() => log.Rows("SELECT 1"));

        disk.MakeWritable();

        Eventually(() => log.Writer.Written > 0 && log.Sink.Count == 0);
        Assert.Equal([log.Writer.Written.ToString()], log.Rows("SELECT count(*) FROM calls"));
        Assert.Equal(1_000, log.Writer.Written + log.Sink.DroppedInAll);
    }

    [Fact]
    public async Task Write_SlowDisk_NeverHoldsUpACall()
    {
        using var stuck = new Stuck();
        await using var log = await TestCallLog.StartAsync(o => o with { QueueRecords = 1_000 }, watchers: [stuck]);
        log.Sink.TryWrite(SampleCalls.Ordinary());
        Eventually(() => stuck.Reached);

        // The writer is stuck until it is released below: a call that waited for it would wait for ever.
        for (var i = 0; i < 50_000; i++) log.Sink.TryWrite(SampleCalls.Ordinary());

        Assert.Equal(49_000, log.Sink.Dropped(CallDropReason.QueueFull));
        _ = log.Health.Problems;
        log.Sink.TryWrite(SampleCalls.Ordinary());
        Assert.Contains("were dropped", Assert.Single(log.Health.Problems));
        stuck.Release();
        Eventually(() => log.Writer.Written == 1_001);
    }

    [Fact]
    public async Task Open_DamagedSegment_IsSetAsideAndSaid()
    {
        using var directory = new TempDirectory();
        Directory.CreateDirectory(directory.Combine("calls"));
        await File.WriteAllTextAsync(directory.Combine("calls/calls-20260114-0001.duckdb"), string.Concat(Enumerable.Repeat("not a database ", 1000)), TestContext.Current.CancellationToken);

        await using var log = await TestCallLog.StartAsync(directory: directory.Combine("calls"));
        await log.WriteAsync(Calls(10));

        Assert.Contains("calls-20260114-0001.duckdb cannot be opened", Assert.Single(log.Health.Problems));
        Assert.Equal(["10"], log.Rows("SELECT count(*) FROM calls"));
        Assert.True(File.Exists(directory.Combine("calls/calls-20260114-0001.duckdb")));
    }

    private static IEnumerable<CallRecord> Calls(int count) => Enumerable.Range(0, count).Select(_ => SampleCalls.Failed());

    private static void Eventually(Func<bool> condition) => Assert.True(SpinWait.SpinUntil(condition, Long), "It did not happen in time.");

    /// <summary>Stands for a disk that does not answer: the writer's thread hangs.</summary>
    private sealed class Stuck : ICallWatcher, IDisposable
    {
        private readonly ManualResetEventSlim _released = new();

        public bool Reached { get; private set; }

        public void Saw(IReadOnlyList<CallRecord> calls)
        {
            Reached = true;
            _released.Wait();
        }

        public void Release() => _released.Set();

        public void Dispose()
        {
            _released.Set();
            _released.Dispose();
        }
    }
}
