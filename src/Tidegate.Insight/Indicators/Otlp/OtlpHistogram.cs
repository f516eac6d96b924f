using Tidegate.Insight.Indicators.Otlp.Wire;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>How many events of a histogram are at most a border. Events in the bucket that the border cuts are not: rather an alert too many.</summary>
internal static class OtlpHistogram
{
    private const double Tolerance = 1e-9;

    /// <summary>Of a histogram with bounds.</summary>
    /// <exception cref="FormatException">It cannot be told.</exception>
    public static double Good(HistogramDataPoint point, double border)
    {
        if (point.BucketCounts.Count == 0) throw new FormatException("it has no buckets, so nobody knows which events are good");
        if (point.BucketCounts.Count != point.ExplicitBounds.Count + 1) throw new FormatException($"it has {point.BucketCounts.Count} buckets for {point.ExplicitBounds.Count} bounds");
        var (good, all, seen) = (0.0, 0.0, false);
        for (var i = 0; i < point.BucketCounts.Count; i++)
        {
            all += point.BucketCounts[i];
            if (i == point.ExplicitBounds.Count || point.ExplicitBounds[i] > border * (1 + Tolerance)) continue;
            if (i > 0 && !(point.ExplicitBounds[i] > point.ExplicitBounds[i - 1])) throw new FormatException("its bounds do not ascend");
            good += point.BucketCounts[i];
            seen = true;
        }

        if (!seen) throw new FormatException($"its smallest bound is above the threshold {border}");
        if (all != point.Count) throw new FormatException($"its buckets hold {all} events, but it says that there are {point.Count}");
        return good;
    }

    /// <summary>Of a histogram whose bounds are powers of a base.</summary>
    /// <exception cref="FormatException">It cannot be told.</exception>
    public static double Good(ExponentialHistogramDataPoint point, double border)
    {
        if (point.Scale is < -10 or > 20) throw new FormatException($"its scale {point.Scale} is not between -10 and 20");
        var good = point.ZeroThreshold <= border ? point.ZeroCount : 0.0;
        double all = point.ZeroCount;
        foreach (var count in point.Negative?.BucketCounts ?? []) (good, all) = (good + (border >= 0 ? count : 0), all + count);
        // The bucket at an index ends at base^(index + 1), and the base is 2^(2^-scale): in logarithms, or it would overflow.
        var logBorder = border > 0 ? Math.Log2(border) : double.NegativeInfinity;
        var width = Math.Pow(2, -point.Scale);
        var buckets = point.Positive;
        for (var i = 0; i < (buckets?.BucketCounts.Count ?? 0); i++)
        {
            all += buckets!.BucketCounts[i];
            if (((double)buckets.Offset + i + 1) * width <= logBorder + Tolerance) good += buckets.BucketCounts[i];
        }

        if (all != point.Count) throw new FormatException($"its buckets hold {all} events, but it says that there are {point.Count}");
        return good;
    }
}
