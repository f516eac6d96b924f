using System.Globalization;
using Google.Protobuf.Collections;
using Tidegate.Insight.Indicators.Otlp.Wire;

namespace Tidegate.Insight.Indicators.Otlp;

/// <summary>Data points of any kind of metric in the numbers that indicators need. What a point cannot be for an indicator, it says when it is asked.</summary>
internal static class OtlpPoints
{
    private const uint NoRecordedValue = 1;

    private static readonly RepeatedField<KeyValue> None = [];

    /// <summary>The points of a metric: what tells them apart, and how they are read for a part of an indicator with its border. A point without a value reads as null.</summary>
    public static IEnumerable<(OtlpAttributes Attributes, Func<OtlpPart, double, OtlpPoint?> Read)> Of(Metric metric, string scope, Resource? resource)
    {
        OtlpAttributes Attributes(RepeatedField<KeyValue> own) => new(metric.Name, scope, resource?.Attributes ?? None, own);
        return metric.DataCase switch
        {
            Metric.DataOneofCase.Sum => metric.Sum.DataPoints.Select(p => (Attributes(p.Attributes), (Func<OtlpPart, double, OtlpPoint?>)((part, _) => OfSum(metric.Sum, p, part)))),
            Metric.DataOneofCase.Gauge => metric.Gauge.DataPoints.Select(p => (Attributes(p.Attributes), (Func<OtlpPart, double, OtlpPoint?>)((part, _) => OfGauge(p, part, "a gauge")))),
            Metric.DataOneofCase.Histogram => metric.Histogram.DataPoints.Select(p => (Attributes(p.Attributes), (Func<OtlpPart, double, OtlpPoint?>)((part, border) => Has(p.Flags)
                ? OfHistogram(p.StartTimeUnixNano, p.TimeUnixNano, p.Count, IsCumulative(metric.Histogram.AggregationTemporality), part, () => OtlpHistogram.Good(p, border)) : null))),
            Metric.DataOneofCase.ExponentialHistogram => metric.ExponentialHistogram.DataPoints.Select(p => (Attributes(p.Attributes), (Func<OtlpPart, double, OtlpPoint?>)((part, border) => Has(p.Flags)
                ? OfHistogram(p.StartTimeUnixNano, p.TimeUnixNano, p.Count, IsCumulative(metric.ExponentialHistogram.AggregationTemporality), part, () => OtlpHistogram.Good(p, border)) : null))),
            Metric.DataOneofCase.Summary => metric.Summary.DataPoints.Select(p => (Attributes(p.Attributes), (Func<OtlpPart, double, OtlpPoint?>)((_, _) => throw new FormatException("it is a summary, of which nothing can be counted")))),
            _ => [],
        };
    }

    private static OtlpPoint? OfSum(Sum sum, NumberDataPoint point, OtlpPart part)
    {
        if (part == OtlpPart.Histogram) throw new FormatException("it is a sum, where a histogram is expected");
        if (part == OtlpPart.Value && !sum.IsMonotonic) return OfGauge(point, part, "a sum");
        if (part == OtlpPart.Value) throw new FormatException("it is a counter, where a value is expected that can fall");
        if (!sum.IsMonotonic) throw new FormatException("it is a sum that can fall, where a counter is expected");
        if (!Has(point.Flags)) return null;
        var counted = Number(point);
        if (counted < 0) throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"it has counted {counted}"));
        return new OtlpPoint(point.StartTimeUnixNano, point.TimeUnixNano, counted, 0, IsCumulative(sum.AggregationTemporality));
    }

    private static OtlpPoint? OfGauge(NumberDataPoint point, OtlpPart part, string kind)
    {
        if (part != OtlpPart.Value) throw new FormatException($"it is {kind}, where {(part == OtlpPart.Histogram ? "a histogram" : "a counter")} is expected");
        return Has(point.Flags) ? new OtlpPoint(0, point.TimeUnixNano, Number(point), 0, IsCumulative: false) : null;
    }

    // Of a ratio, the events of a histogram are a counter as good as any.
    private static OtlpPoint? OfHistogram(ulong start, ulong time, ulong count, bool isCumulative, OtlpPart part, Func<double> good)
    {
        if (part == OtlpPart.Value) throw new FormatException("it is a histogram, where a value is expected");
        return new OtlpPoint(start, time, count, part == OtlpPart.Histogram ? good() : 0, isCumulative);
    }

    private static bool Has(uint flags) => (flags & NoRecordedValue) == 0;

    private static double Number(NumberDataPoint point)
    {
        var number = point.ValueCase switch
        {
            NumberDataPoint.ValueOneofCase.AsDouble => point.AsDouble,
            NumberDataPoint.ValueOneofCase.AsInt => point.AsInt,
            _ => throw new FormatException("it has no value"),
        };
        return double.IsFinite(number) ? number : throw new FormatException(double.IsNaN(number) ? "its value is NaN" : "its value is infinite");
    }

    private static bool IsCumulative(AggregationTemporality temporality) => temporality switch
    {
        AggregationTemporality.Cumulative => true,
        AggregationTemporality.Delta => false,
        _ => throw new FormatException("it does not say whether it is delta or cumulative"),
    };
}
