using Tidegate.Core.Windows;

namespace Tidegate.Insight.Objectives;

/// <summary>Percentiles of durations in microseconds, from merged histograms: never averages of percentiles.</summary>
/// <param name="Count">How many there were.</param>
/// <param name="P50">Half of them took no longer.</param>
/// <param name="P90">Nine in ten.</param>
/// <param name="P95">Nineteen in twenty.</param>
/// <param name="P99">Ninety-nine in a hundred.</param>
public sealed record DurationFigures(long Count, long P50, long P90, long P95, long P99)
{
    /// <summary>Of a histogram; null when it is empty.</summary>
    public static DurationFigures? Of(LatencyHistogram? histogram) => histogram is not { Count: > 0 } h
        ? null
        : new(h.Count, h.Percentile(0.5)!.Value, h.Percentile(0.9)!.Value, h.Percentile(0.95)!.Value, h.Percentile(0.99)!.Value);
}
