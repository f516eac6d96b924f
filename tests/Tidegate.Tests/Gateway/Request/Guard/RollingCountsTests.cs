using FsCheck.Xunit;
using Microsoft.Extensions.Time.Testing;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Tests.Gateway.Request.Guard;

public sealed class RollingCountsTests
{
    private static readonly FakeTimeProvider Time = new();

    [Fact]
    public void Read_EventsOlderThanTheWindow_AreForgotten()
    {
        var counts = new RollingCounts(Time, TimeSpan.FromSeconds(10));
        var second = Time.TimestampFrequency;
        counts.Add(100 * second, failed: true);
        counts.Add(105 * second, failed: false);

        Assert.Equal((2, 1), counts.Read(109 * second));
        Assert.Equal((1, 0), counts.Read(112 * second));
        Assert.Equal((0, 0), counts.Read(300 * second));
    }

    [Property]
    public void Read_AnyEvents_CountsAtLeastTheLastNineTenthsAndAtMostTheWindow(ushort[] gaps, bool[] failures)
    {
        var counts = new RollingCounts(Time, TimeSpan.FromSeconds(10));
        var second = Time.TimestampFrequency;
        var now = 1000 * second;
        var times = new List<(long At, bool Failed)>();
        for (var i = 0; i < Math.Min(gaps.Length, failures.Length); i++)
        {
            now += gaps[i] * second / 1000;
            counts.Add(now, failures[i]);
            times.Add((now, failures[i]));
        }

        var (total, failed) = counts.Read(now);
        Assert.InRange(total, times.Count(t => t.At > now - (9 * second)), times.Count(t => t.At > now - (10 * second)));
        Assert.InRange(failed, times.Count(t => t.Failed && t.At > now - (9 * second)), times.Count(t => t.Failed && t.At > now - (10 * second)));
    }

    [Fact]
    public async Task Add_ManyThreads_LosesNothing()
    {
        var counts = new RollingCounts(Time, TimeSpan.FromSeconds(10));
        await Task.WhenAll(Enumerable.Range(0, 4).Select(n => Task.Run(() =>
        {
            for (var i = 0; i < 20_000; i++) counts.Add(5, failed: i % 4 == 0);
        })));

        Assert.Equal((80_000, 20_000), counts.Read(5));
    }
}
