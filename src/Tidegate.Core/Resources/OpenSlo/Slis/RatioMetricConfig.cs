namespace Tidegate.Core.Resources.OpenSlo.Slis;

/// <summary>A ratio: <see cref="Good"/> or <see cref="Bad"/> of <see cref="Total"/>, or one that is computed already (<see cref="Raw"/>).</summary>
public sealed record RatioMetricConfig
{
    /// <summary>True: the numbers are counters that only grow. False (default): they go up and down. Without meaning beside <see cref="Raw"/>.</summary>
    public bool Counter { get; init; }

    /// <summary>Good events.</summary>
    public MetricConfig? Good { get; init; }

    /// <summary>Bad events.</summary>
    public MetricConfig? Bad { get; init; }

    /// <summary>All events.</summary>
    public MetricConfig? Total { get; init; }

    /// <summary>What <see cref="Raw"/> is the ratio of: <c>success</c> or <c>failure</c>.</summary>
    public RawRatioType? RawType { get; init; }

    /// <summary>The ratio itself. This is how Tidegate's own sources are written, with <c>rawType: success</c>.</summary>
    public MetricConfig? Raw { get; init; }
}
