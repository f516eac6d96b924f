using Tidegate.Insight.CallLog;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog;

public sealed class CallSinkTests
{
    private static readonly CallLogOptions Options = new() { Directory = "unused", QueueRecords = 100, BatchRows = 10 };

    [Fact]
    public void TryWrite_TooManyRecords_DropsAndCounts()
    {
        var sink = new CallSink(Options);

        var taken = Enumerable.Range(0, 150).Count(_ => sink.TryWrite(SampleCalls.Ordinary()));

        Assert.Equal((100, 50L), (taken, sink.Dropped(CallDropReason.QueueFull)));
        sink.Take([], 40);
        Assert.True(sink.TryWrite(SampleCalls.Ordinary()));
    }

    [Fact]
    public void TryWrite_TooManyBytes_DropsAndCounts()
    {
        var sink = new CallSink(Options with { QueueBytes = 12_000 });
        var long1 = SampleCalls.Ordinary();
        long1.Path = new string('x', 2048);

        Assert.True(sink.TryWrite(long1));
        Assert.True(sink.TryWrite(long1));
        Assert.False(sink.TryWrite(long1));
        Assert.True(sink.TryWrite(SampleCalls.Ordinary())); // a small one still fits
        Assert.Equal(1, sink.Dropped(CallDropReason.QueueFull));

        sink.Take([], 100);
        Assert.Equal((0, 0L), (sink.Count, sink.Bytes));
    }

    [Fact]
    public void TryWrite_Closed_DropsAndCounts()
    {
        var sink = new CallSink(Options);
        sink.Close();

        Assert.False(sink.TryWrite(SampleCalls.Ordinary()));
        Assert.Equal((1, 1), (sink.Dropped(CallDropReason.ShuttingDown), sink.DroppedInAll));
    }

    [Fact]
    public void TryWrite_ManyThreads_EveryRecordIsTakenOrCounted()
    {
        var sink = new CallSink(Options);
        long taken = 0, read = 0;
        var batch = new List<Tidegate.Core.Calls.CallRecord>();

        Parallel.For(0, 4, worker =>
        {
            for (var i = 0; i < 20_000; i++)
            {
                if (worker == 0)
                {
                    lock (batch)
                    {
                        sink.Take(batch, 10);
                        read += batch.Count;
                    }
                }
                else if (sink.TryWrite(SampleCalls.Ordinary()))
                {
                    Interlocked.Increment(ref taken);
                }
            }
        });
        sink.Take(batch, 1000);

        Assert.Equal(60_000, taken + sink.DroppedInAll);
        Assert.Equal(taken, read + batch.Count);
        Assert.Equal((0, 0L), (sink.Count, sink.Bytes));
    }

    [Fact]
    public void TryWrite_FirstAndFullBatch_WakeTheWriter()
    {
        var sink = new CallSink(Options);
        var woken = 0;
        sink.Wake = () => woken++;

        for (var i = 0; i < 15; i++) sink.TryWrite(SampleCalls.Ordinary());

        Assert.Equal(2, woken);
    }
}
