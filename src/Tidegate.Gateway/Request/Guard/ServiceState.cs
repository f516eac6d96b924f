using Tidegate.Core.Ports;
using Tidegate.Gateway.Health;
using Tidegate.Gateway.Request.Forward;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>What is remembered of a service across snapshots: retry budget, places, learned limits, latency.</summary>
internal sealed class ServiceState(string name, TimeProvider time, IRandomSource random, DestinationEvents events)
{
    private int _version;

    /// <summary>Name in the document.</summary>
    public string Name { get; } = name;

    /// <summary>The clock of everything below.</summary>
    public TimeProvider Time { get; } = time;

    /// <summary>Jitter.</summary>
    public IRandomSource Random { get; } = random;

    /// <summary>Where changes of destinations are told.</summary>
    public DestinationEvents Events { get; } = events;

    /// <summary>Grows when a destination's state changes: what was derived from it is stale then.</summary>
    public int Version => Volatile.Read(ref _version);

    /// <summary>Held while destinations are ejected, so that the cap on their share is kept.</summary>
    public Lock EjectionGate { get; } = new();

    /// <summary>Retries of the last seconds against calls of the last seconds.</summary>
    public RetryBudget Retries { get; } = new(time);

    /// <summary>Hedges against calls.</summary>
    public RollingCounts Hedges { get; } = new(time, RetryBudget.Window);

    /// <summary>Latency of the last minute, kept only for services that hedge by it.</summary>
    public LatencyWindow Latency { get; } = new(time);

    /// <summary>Places for calls in flight.</summary>
    public Bulkhead Bulkhead { get; } = new();

    /// <summary>The limit that follows latency.</summary>
    public AdaptiveLimit Adaptive { get; } = new(time);

    /// <summary>Versions that its answers named, for services whose answers do.</summary>
    public AnswerVersions Versions { get; } = new(time);

    /// <summary>A destination's state changed.</summary>
    public void Changed() => Interlocked.Increment(ref _version);
}
