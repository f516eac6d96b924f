using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog;

public sealed class CallTailTests
{
    [Fact]
    public void Saw_SlowWatcher_MissesAndIsToldHowMany()
    {
        var tail = new CallTail();
        using var watch = tail.Open(CallFilter.Parse("status = 200"))!;

        ((ICallWatcher)tail).Saw([.. Enumerable.Range(0, 1500).Select(i => i % 3 == 0 ? SampleCalls.Failed() : SampleCalls.Ordinary())]);
        Assert.Equal(0, watch.Missed);
        ((ICallWatcher)tail).Saw([SampleCalls.Ordinary(), SampleCalls.Failed()]);

        Assert.Equal(1, watch.Missed);
        Assert.Equal(200, watch.Next()!.Status);
    }

    [Fact]
    public void Open_TooManyWatchers_IsRefusedUntilOneEnds()
    {
        var tail = new CallTail();
        var watchers = Enumerable.Range(0, CallTail.MaxWatchers).Select(_ => tail.Open(CallFilter.All)!).ToList();

        Assert.Null(tail.Open(CallFilter.All));
        watchers[0].Dispose();
        Assert.NotNull(tail.Open(CallFilter.All));
    }
}
