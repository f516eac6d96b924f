using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>The resilience rules of a service in the units of the hot path.</summary>
internal sealed class GuardModel
{
    private readonly ulong[] _statuses = new ulong[10];

    public GuardModel(ResilienceConfig config, TimeProvider time)
    {
        Config = config;
        Deadline = Ticks.Of(time, config.Deadline);
        AttemptTimeout = config.AttemptTimeout > TimeSpan.Zero ? Ticks.Of(time, config.AttemptTimeout) : Ticks.Never;
        Idle = Ticks.Of(time, config.IdleTimeout);
        foreach (var status in config.Retry.Statuses)
            if (status is >= 100 and < 600) _statuses[status >> 6] |= 1UL << (status & 63);
        // A fallback keeps one attempt of the budget for itself; with a budget of one it is asked after the first.
        MaxAttempts = config.Fallback?.Service is null ? config.Retry.MaxAttempts : Math.Max(1, config.Retry.MaxAttempts - 1);
    }

    /// <summary>What the document says.</summary>
    public ResilienceConfig Config { get; }

    /// <summary>Deadline of a call until its response headers.</summary>
    public long Deadline { get; }

    /// <summary>Longest single attempt until its response headers; <see cref="Ticks.Never"/> for no limit of its own.</summary>
    public long AttemptTimeout { get; }

    /// <summary>Longest silence.</summary>
    public long Idle { get; }

    /// <summary>Most attempts at this service's own destinations per call.</summary>
    public int MaxAttempts { get; }

    /// <summary>Another attempt may do better than this status.</summary>
    public bool IsRetried(int status) => status is >= 100 and < 600 && (_statuses[status >> 6] & (1UL << (status & 63))) != 0;
}
