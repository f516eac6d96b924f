using Tidegate.Verbs.Calls;

namespace Tidegate.Tests.Verbs.Calls;

public sealed class DurationChartTests
{
    [Theory]
    [InlineData(870L, "870 us")]
    [InlineData(12_440L, "12.4 ms")]
    [InlineData(3_100_000L, "3.10 s")]
    public void Text_OfADuration_HasTheUnitPeopleRead(long microseconds, string expected) => Assert.Equal(expected, DurationChart.Text(microseconds));

    [Fact]
    public void Lines_EmptyStepsBetween_AreDrawnAndTheLargestBarIsFull()
    {
        string[] lines = [.. DurationChart.Lines(DurationChart.Buckets([900, 900, 900, 900, 4_000_000]))];

        Assert.Equal("   <= 1.0 ms      4 " + new string('#', 50), lines[0]);
        Assert.Equal("   <= 5.00 s      1 " + new string('#', 13), lines[^1]);
        Assert.Equal(12, lines.Length);
        Assert.All(lines[1..^1], line => Assert.EndsWith(" 0", line));
    }

    [Fact]
    public void Lines_LongerThanAllSteps_AreCountedToo() => Assert.Equal("      longer      1 " + new string('#', 50), Assert.Single(DurationChart.Lines(DurationChart.Buckets([long.MaxValue - 1]))));

    [Fact]
    public void Buckets_AreWhatPrograms_Get() => Assert.Equal([new DurationBucket(1_000, 2), new DurationBucket(2_000, 0), new DurationBucket(5_000, 1)], DurationChart.Buckets([900, 901, 4_000]));

    [Fact]
    public void Buckets_OfNoCalls_AreNone() => Assert.Empty(DurationChart.Buckets([]));
}
