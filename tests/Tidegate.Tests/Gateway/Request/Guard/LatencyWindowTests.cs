using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Tests.Gateway.Request.Guard;

public sealed class LatencyWindowTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));

    [Property(MaxTest = 100)]
    public bool P95_IsNeverBelowTheExactOneAndAtMostAnEighthAbove(int[] milliseconds)
    {
        var window = new LatencyWindow(_time);
        var known = milliseconds.Select(m => 1 + (int)((uint)m % 100_000)).Concat(Enumerable.Range(1, 20)).Order().ToArray();
        foreach (var latency in known) window.Add(_time.GetTimestamp(), Ticks.Of(_time, TimeSpan.FromMilliseconds(latency)));
        var exact = known[(int)Math.Ceiling(0.95 * known.Length) - 1];

        var p95 = Ticks.Span(_time, window.P95(_time.GetTimestamp())).TotalMilliseconds;

        return p95 >= exact && p95 <= exact * 1.126;
    }

    [Fact]
    public void P95_FewerThanTwentyOrOlderThanAMinute_IsUnknown()
    {
        var window = new LatencyWindow(_time);
        var ticks = Ticks.Of(_time, TimeSpan.FromMilliseconds(40));
        for (var i = 0; i < 19; i++) window.Add(_time.GetTimestamp(), ticks);
        Assert.Equal(0, window.P95(_time.GetTimestamp()));
        window.Add(_time.GetTimestamp(), ticks);
        Assert.Equal(0, window.P95(_time.GetTimestamp())); // computed once a second at most
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.InRange(Ticks.Span(_time, window.P95(_time.GetTimestamp())).TotalMilliseconds, 40, 45.1);
        _time.Advance(TimeSpan.FromSeconds(70));
        Assert.Equal(0, window.P95(_time.GetTimestamp()));
    }
}
