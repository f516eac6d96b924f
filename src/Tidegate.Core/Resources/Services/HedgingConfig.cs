using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Services;

/// <summary>A second attempt beside a slow first one; idempotent calls without a body only. The loser is cancelled.</summary>
public sealed record HedgingConfig
{
    /// <summary>Wait before the second attempt. Default 0: the service's p95 latency of the last minute.</summary>
    [DurationRange("0s", "1m")]
    public TimeSpan Delay { get; init; }

    /// <summary>Hedges as a share of calls; above it none are sent. Default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double MaxShare { get; init; } = 0.05;
}
