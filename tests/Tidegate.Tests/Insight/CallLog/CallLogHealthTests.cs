using Microsoft.Extensions.Time.Testing;
using Tidegate.Insight.CallLog;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog;

public sealed class CallLogHealthTests
{
    [Fact]
    public void Problems_DiskDoesNotAnswer_SaysForHowLongAndHowMuchWaits_UntilItDoes()
    {
        var time = new FakeTimeProvider();
        var sink = new CallSink(new CallLogOptions { Directory = "/nowhere" });
        var health = new CallLogHealth(sink, time);
        sink.TryWrite(SampleCalls.Ordinary());

        health.Asks();
        time.Advance(CallLogHealth.Slow - TimeSpan.FromMilliseconds(1));
        Assert.Empty(health.Problems);
        time.Advance(TimeSpan.FromSeconds(7));
        Assert.StartsWith("The disk of the call log has not answered for 12 s. Calls are served as usual and wait in the queue (1 records)", Assert.Single(health.Problems), StringComparison.Ordinal);

        health.Answered();
        time.Advance(TimeSpan.FromMinutes(5));
        Assert.Empty(health.Problems);
    }
}
