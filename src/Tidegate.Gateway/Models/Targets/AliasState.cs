using Tidegate.Gateway.Models.Caching;
using Tidegate.Gateway.Models.Queueing;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Models.Targets;

/// <summary>What is remembered of an alias across snapshots.</summary>
internal sealed class AliasState(TimeProvider time)
{
    /// <summary>Calls and second attempts are counted over this long: models are called more rarely than services, and a share needs a whole to be of.</summary>
    public static readonly TimeSpan HedgeWindow = TimeSpan.FromMinutes(5);

    /// <summary>Time to the first token of streams; kept only where it is hedged by.</summary>
    public LatencyWindow FirstTokens { get; } = new(time);

    /// <summary>Time to whole answers; kept only where it is hedged by.</summary>
    public LatencyWindow Answers { get; } = new(time);

    /// <summary>Attempts after failed ones, and hedges, against calls.</summary>
    public RetryBudget Retries { get; } = new(time);

    /// <summary>Calls that wait for a target with a place.</summary>
    public WaitingLine Waiting { get; } = new();

    /// <summary>What became of its calls at its cache.</summary>
    public CacheCounts Cached { get; } = new();

    /// <summary>Calls being mirrored.</summary>
    public TargetLoad Shadows { get; } = new();

    /// <summary>Calls that might have been hedged.</summary>
    public RollingCounts Calls { get; } = new(time, HedgeWindow);

    /// <summary>Those that were.</summary>
    public RollingCounts Hedges { get; } = new(time, HedgeWindow);
}
