using Microsoft.Extensions.Time.Testing;
using Tidegate.Core.Windows;
using Tidegate.Insight.CallLog;
using Tidegate.Insight.CallLog.Writing;
using Tidegate.Tests.Insight.CallLog.Support;

namespace Tidegate.Tests.Insight.CallLog;

public sealed class LiveCallsTests
{
    private readonly FakeTimeProvider _time = new(SampleCalls.Noon.AddSeconds(30));
    private readonly LiveCalls _live;

    public LiveCallsTests() => _live = new LiveCalls(_time);

    // semantics 3.9: percentiles of several minutes are merged from histograms, not averaged.
    [Fact]
    public void Read_SeveralMinutes_PercentilesAreThoseOfAllCallsTogether()
    {
        Saw(Enumerable.Repeat(("orders", 1_000L), 990));
        _time.Advance(TimeSpan.FromMinutes(1));
        Saw(Enumerable.Repeat(("orders", 500_000L), 10)); // averaging the two p99 would say 250 ms

        var row = Assert.Single(_live.Read(2));

        Assert.Equal((1000, 500_000), (row.Numbers.Count, row.Numbers.MaxUs));
        Assert.InRange(row.Numbers.P99Us!.Value, 1_000 * (1 - LatencyHistogram.RelativeError), 1_000 * (1 + LatencyHistogram.RelativeError));
        Assert.InRange(Assert.Single(_live.Read(1)).Numbers.P50Us!.Value, 500_000 * (1 - LatencyHistogram.RelativeError), 500_000 * (1 + LatencyHistogram.RelativeError));
    }

    [Fact]
    public void Read_OldMinutes_AreForgotten()
    {
        Saw([("orders", 1L)]);
        _time.Advance(TimeSpan.FromMinutes(LiveCalls.Minutes));
        Assert.Empty(_live.Read(LiveCalls.Minutes));
        Saw([("basket", 1L)]);
        Assert.Equal("basket", Assert.Single(_live.Read(LiveCalls.Minutes)).Key);
    }

    [Fact]
    public void Saw_TooManyRoutes_AreCountedTogether()
    {
        Saw(Enumerable.Range(0, 10_000).Select(i => ($"route-{i}", 1L)));

        var rows = _live.Read(1);

        Assert.Equal((LiveCalls.MaxRoutes + 1, 10_000L), (rows.Count, rows.Sum(r => r.Numbers.Count)));
        Assert.Equal((LiveCalls.Rest, 9_500L), (rows[0].Key, rows[0].Numbers.Count));
    }

    private void Saw(IEnumerable<(string Route, long Duration)> calls) => ((ICallWatcher)_live).Saw([.. calls.Select(c =>
    {
        var call = SampleCalls.Ordinary();
        (call.Route, call.DurationUs) = (c.Route, c.Duration);
        return call;
    })]);
}
