using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;
using Tidegate.Core.Windows;
using Xunit;

namespace Tidegate.Tests.Core.Windows;

public sealed class LatencyHistogramTests
{
    private static readonly double[] Quantiles = [0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 0.999, 1];

    /// <summary>Durations over all magnitudes: uniform numbers would nearly all be huge.</summary>
    private static Gen<long> Durations => Gen.Choose(0, 35).SelectMany(bits => Gen.Choose(0, 1 << 15).Select(x => (long)((1L << bits) * (1 + (x / 32768.0)))));

    private static Arbitrary<long[]> Samples => Gen.NonEmptyListOf(Durations).Select(l => l.ToArray()).ToArbitrary();

    [Property]
    public Property Semantics3_9_Percentile_IsWithinTheStatedErrorOfTheExactRank() => Prop.ForAll(Samples, values =>
    {
        var histogram = Of(values);
        var sorted = values.Order().ToArray();
        foreach (var q in Quantiles)
        {
            var exact = sorted[Math.Max(1, (int)Math.Ceiling(q * sorted.Length)) - 1];
            Assert.InRange(histogram.Percentile(q)!.Value, exact * (1 - LatencyHistogram.RelativeError), exact * (1 + LatencyHistogram.RelativeError));
        }
    });

    [Property]
    public Property Semantics3_9_PartsInAnyOrder_MergedAreAllRecordedTogether() => Prop.ForAll(Samples, Samples, (left, right) =>
    {
        var all = Of([.. left, .. right]);
        var (a, b) = (Of(left), Of(right));
        a.Add(Of(right));
        b.Add(Of(left));
        Assert.Equal(all.Buckets(), a.Buckets());
        Assert.Equal(all.Buckets(), b.Buckets());
        Assert.Equal((all.Count, all.Sum), (a.Count, a.Sum));
        Assert.Equal((all.Count, all.Sum), (b.Count, b.Sum));
    });

    [Property]
    public Property Buckets_AnyValue_ContainIt() => Prop.ForAll(Durations.ToArbitrary(), value =>
    {
        var (low, high, count) = Assert.Single(Of(value).Buckets());
        Assert.InRange(value, low, high - 1);
        Assert.Equal(1, count);
    });

    [Fact]
    public void Buckets_EveryValueFromZeroOn_LeaveNoGapAndDoNotOverlap()
    {
        var buckets = Of([.. Enumerable.Range(0, 100_000).Select(i => (long)i)]).Buckets().ToList();

        Assert.Equal(0, buckets[0].Low);
        Assert.All(buckets.Zip(buckets.Skip(1)), pair => Assert.Equal(pair.First.High, pair.Second.Low));
    }

    [Fact]
    public void Percentile_Empty_IsNull() => Assert.Null(new LatencyHistogram().Percentile(0.99));

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(long.MinValue, 0)]
    [InlineData(127, 127)]
    public void Record_SmallOrNegative_IsExact(long value, long expected) => Assert.Equal(expected, Of(value).Percentile(1));

    [Fact]
    public void Record_BeyondTheRange_CountsAtTheMaximum()
    {
        var histogram = Of(long.MaxValue);

        Assert.Equal(LatencyHistogram.Max, histogram.Sum);
        Assert.InRange(histogram.Percentile(1)!.Value, LatencyHistogram.Max * (1 - LatencyHistogram.RelativeError), LatencyHistogram.Max);
    }

    private static LatencyHistogram Of(params long[] values)
    {
        var histogram = new LatencyHistogram();
        foreach (var value in values) histogram.Record(value);
        return histogram;
    }
}
