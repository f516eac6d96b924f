using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>Outlier ejection by what calls show.</summary>
public sealed record PassiveHealthConfig
{
    /// <summary>Failures in a row (5xx, transport, timeout) that eject. Default 5; 0 switches it off.</summary>
    [Range(0, 10000)]
    public int ConsecutiveFailures { get; init; } = 5;

    /// <summary>Failure share within <see cref="Window"/> that ejects. Default 0: off.</summary>
    [Range(0.0, 1.0)]
    public double FailureRatio { get; init; }

    /// <summary>Ejects a destination whose mean latency is this many times the median of the others. Default 0: off.</summary>
    [Range(0.0, 1000.0)]
    public double LatencyFactor { get; init; }

    /// <summary>Fewest calls within the window before ratio or latency are judged. Default 20.</summary>
    [Range(1, 1000000)]
    public int MinimumCalls { get; init; } = 20;

    /// <summary>Window of ratio and latency. Default 10 s.</summary>
    [DurationRange("1s", "10m")]
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First ejection; doubled with each one that follows, up to ten times as long. Default 15 s.</summary>
    [DurationRange("100ms", "1h")]
    public TimeSpan BaseEjection { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>Largest share of destinations ejected at once; one may always be, but the only one just when this is 1. Default 0.5.</summary>
    [Range(0.0, 1.0)]
    public double MaxEjectedShare { get; init; } = 0.5;
}
