using Tidegate.Gateway.Health;
using Tidegate.Gateway.Request.Guard;

namespace Tidegate.Gateway.Request.Balance;

/// <summary>What is remembered of a destination across snapshots: load, latency, health, breaker, ejection, when it wants to be left alone.</summary>
internal sealed class DestinationState
{
    private int _inFlight;

    public DestinationState(string name, ServiceState service)
    {
        Name = name;
        Service = service;
        Latency = new PeakLatency(service.Time);
        Breaker = new BreakerState(this);
        Ejection = new EjectionState(this);
        Probes = new ProbeState(this);
        Floor = new RetryFloor(this);
        OnSince = service.Time.GetTimestamp();
    }

    /// <summary>Name in logs and metrics.</summary>
    public string Name { get; }

    /// <summary>The service it belongs to.</summary>
    public ServiceState Service { get; }

    /// <summary>Attempts being served by it now.</summary>
    public int InFlight => Volatile.Read(ref _inFlight);

    /// <summary>Recent latency until its headers.</summary>
    public PeakLatency Latency { get; }

    /// <summary>Breaker.</summary>
    public BreakerState Breaker { get; }

    /// <summary>Passive health.</summary>
    public EjectionState Ejection { get; }

    /// <summary>Active health.</summary>
    public ProbeState Probes { get; }

    /// <summary>What it asked for by <c>Retry-After</c>.</summary>
    public RetryFloor Floor { get; }

    /// <summary>When it began, or began again, to take calls: the begin of its slow start.</summary>
    public long OnSince { get; private set; }

    /// <summary>When it last came back from being off; 0 as long as it was never off.</summary>
    public long ReturnedAt { get; private set; }

    /// <summary>Written by <see cref="WeightedPolicy"/> alone, under its lock.</summary>
    public long Credit { get; set; }

    /// <summary>An attempt begins.</summary>
    public void Enter() => Interlocked.Increment(ref _inFlight);

    /// <summary>An attempt has ended, its body included.</summary>
    public void Leave() => Interlocked.Decrement(ref _inFlight);

    /// <summary>It was off and takes calls again.</summary>
    public void Returned(long now)
    {
        OnSince = ReturnedAt = now;
        Service.Changed();
    }
}
