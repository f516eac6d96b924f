using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>Circuit breaker per destination: closed, open, half-open with one probe at a time.</summary>
public sealed record BreakerConfig
{
    /// <summary>Failure share that opens it. Default 0.5.</summary>
    [Range(0.01, 1.0)]
    public double FailureRatio { get; init; } = 0.5;

    /// <summary>Fewest calls in the window before it may open. Default 10.</summary>
    [Range(1, 1000000)]
    public int MinimumCalls { get; init; } = 10;

    /// <summary>Window the share is measured over. Default 10 s.</summary>
    [DurationRange("100ms", "10m")]
    public TimeSpan Window { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>First time it stays open; doubles, with jitter, while probes fail. Default 5 s.</summary>
    [DurationRange("10ms", "1h")]
    public TimeSpan Cooldown { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Longest time it stays open. Default 30 s.</summary>
    [DurationRange("10ms", "1d")]
    public TimeSpan MaxCooldown { get; init; } = TimeSpan.FromSeconds(30);
}
