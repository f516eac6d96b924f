using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Core.Windows;
using Xunit;

namespace Tidegate.Tests.Core.Windows;

public sealed class PrefixRingTests
{
    private const int Minutes = 20;
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 7, 0, 0, TimeSpan.Zero);

    /// <summary>A minute, early or late by some; and what happened: usual numbers, what a source takes back, very many, and shares of slices.</summary>
    private static Gen<(int Step, Tally What)> Steps =>
        from step in Gen.Frequency((6, Gen.Choose(0, 2)), (3, Gen.Choose(-Minutes, 0)), (1, Gen.Choose(0, 3 * Minutes)))
        from what in Gen.Frequency(
            (20, Whole(1000)), (2, Whole(int.MaxValue / 3)), (1, Whole(int.MaxValue).Select(t => new Tally(t.Bad * 1024, t.Total * 1024))),
            (1, Gen.Choose(0, 64).Select(sixtyFourths => new Tally(sixtyFourths / 64.0, 1))))
        select (step, what);

    // Whatever is added, in whatever order: a window is the sum of the buckets in it, exactly.
    [Property(MaxTest = 300)]
    public Property Sum_AnyEventsInAnyOrder_IsTheSumOfItsBuckets() => Prop.ForAll(Gen.NonEmptyListOf(Steps).ToArbitrary(), steps =>
    {
        var ring = new PrefixRing(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(Minutes));
        var buckets = new Dictionary<int, Tally>();
        var head = 0;
        foreach (var (step, what) in steps)
        {
            var minute = head + step;
            var fits = buckets.Count == 0 || minute >= head - Minutes; // one more than windows need
            head = buckets.Count == 0 ? minute : Math.Max(head, minute);
            Assert.Equal(fits, ring.Add(Start.AddMinutes(minute), what));
            if (fits) buckets[minute] = buckets.GetValueOrDefault(minute) + what;
            for (var length = 1; length <= Minutes; length++)
            {
                var expected = Enumerable.Range(head - length + 1, length).Aggregate(Tally.None, (sum, m) => sum + buckets.GetValueOrDefault(m));
                Assert.Equal(expected, ring.Sum(Start.AddMinutes(head), TimeSpan.FromMinutes(length)));
            }
        }
    });

    [Fact]
    public void Expect_MoreThanHalfTheMemoryHolds_WidensBeforeASumIsWrong()
    {
        var sums = new RunningSums(10);
        for (var turn = 0; turn < 5; turn++)
        {
            sums.Expect(new Tally(0, (1 << 30) - 1));
            sums.Moved(10); // what was added two turns ago is in no difference any more
        }

        sums.Add(3, new Tally(5, 7));
        Assert.False(sums.IsWide);
        sums.Expect(new Tally(0, (1 << 30) - 1));
        Assert.False(sums.IsWide);
        sums.Expect(new Tally(0, 2));
        Assert.True(sums.IsWide);
        Assert.Equal((new Tally(5, 7), new Tally(-5, -7)), (sums.Between(0, 3), sums.Between(3, 9)));
    }

    [Fact]
    public void Expect_ShareOfASlice_Widens()
    {
        var sums = new RunningSums(10);
        sums.Expect(new Tally(3, 9));
        Assert.False(sums.IsWide);
        sums.Expect(new Tally(0.25, 1));
        Assert.True(sums.IsWide);
    }

    private static Gen<Tally> Whole(int most) => from total in Gen.Choose(-most, most) from bad in Gen.Choose(-most, most) select new Tally(Math.Min(Math.Abs(bad), Math.Abs(total)) * Math.Sign(bad), total);
}
