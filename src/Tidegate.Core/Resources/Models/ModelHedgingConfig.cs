using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Models;

/// <summary>A second attempt, at another target, beside a first one that is slower than nearly all of the last minute. The first token decides, the loser is cancelled; both are paid for.</summary>
public sealed record ModelHedgingConfig
{
    /// <summary>Second attempts as a share of the calls of the last five minutes; above it none are made. Default 0.05.</summary>
    [Range(0.0, 1.0)]
    public double MaxShare { get; init; } = 0.05;
}
