using System.ComponentModel.DataAnnotations;
using Tidegate.Core.Resources.Schema;

namespace Tidegate.Core.Resources.Models;

/// <summary>
/// How many attempts may follow failed ones, so that they do not become the load that keeps a provider down: a share of the calls of the last ten seconds, over all of them,
/// whichever target the next attempt goes to. First attempts are never refused by it, nor those that follow from the request (a larger window, another policy) or from a refused key.
/// </summary>
public sealed record ModelRetryConfig
{
    /// <summary>Further attempts and hedges allowed as a share of the recent calls of the model. Default 0.2; 1 lets every call fail over once.</summary>
    [Range(0.0, 10.0)]
    public double BudgetRatio { get; init; } = 0.2;

    /// <summary>Further attempts per second allowed however few calls there are. Default 3.</summary>
    [Range(0, 10000)]
    public int BudgetMinimumPerSecond { get; init; } = 3;

    /// <summary>First wait before a target is asked again that has failed in the same call; doubles, with full jitter. Another target is asked at once. Default 100 ms.</summary>
    [DurationRange("0s", "1m")]
    public TimeSpan BackoffBase { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Longest such wait. Default 2 s.</summary>
    [DurationRange("0s", "5m")]
    public TimeSpan BackoffMax { get; init; } = TimeSpan.FromSeconds(2);
}
