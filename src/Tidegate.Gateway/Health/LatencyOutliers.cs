using Tidegate.Gateway.Request;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Health;

/// <summary>Ejects destinations whose mean latency is far above the median of the others.</summary>
internal static class LatencyOutliers
{
    /// <summary>Judges the destinations of a service.</summary>
    public static void Eject(ServiceModel service, TimeProvider time, long now)
    {
        var config = service.Config.Health.Passive;
        if (config.LatencyFactor <= 0) return;
        var means = new (DestinationModel Destination, double Mean)[service.Destinations.Length];
        var known = 0;
        foreach (var destination in service.Destinations)
            if (destination.State.Ejection.Mean(config, now) is { } mean) means[known++] = (destination, mean);
        if (known < 2) return;
        Array.Sort(means, 0, known, Comparer<(DestinationModel Destination, double Mean)>.Create(static (a, b) => a.Mean.CompareTo(b.Mean)));
        for (var i = 0; i < known; i++)
        {
            var median = MedianWithout(means.AsSpan(0, known), i);
            if (means[i].Mean <= config.LatencyFactor * median) continue;
            var (destination, mean) = means[i];
            destination.State.Ejection.Eject(service, "latency",
                $"mean latency {Ticks.Span(time, (long)mean).TotalMilliseconds:0.#} ms, the others' median {Ticks.Span(time, (long)median).TotalMilliseconds:0.#} ms", now);
        }
    }

    private static double MedianWithout(ReadOnlySpan<(DestinationModel Destination, double Mean)> sorted, int left)
    {
        var count = sorted.Length - 1;
        var upper = At(sorted, left, count / 2);
        return count % 2 == 1 ? upper : (At(sorted, left, (count / 2) - 1) + upper) / 2;
    }

    private static double At(ReadOnlySpan<(DestinationModel Destination, double Mean)> sorted, int left, int index) => sorted[index < left ? index : index + 1].Mean;
}
