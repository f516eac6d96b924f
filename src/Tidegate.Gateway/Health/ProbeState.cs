using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Balance;

namespace Tidegate.Gateway.Health;

/// <summary>Active health of one destination: what the probes said. Written by one prober at a time, read by everybody.</summary>
internal sealed class ProbeState(DestinationState destination)
{
    private volatile ProbeHealth _health;
    private int _inARow;
    private bool _lastPassed;
    private long _earliestReturn;
    private long _nextAt = long.MinValue;
    private int _busy;

    /// <summary>What the probes say.</summary>
    public ProbeHealth Health => _health;

    /// <summary>The probes say it should take no calls.</summary>
    public bool IsUnhealthy => _health == ProbeHealth.Unhealthy;

    /// <summary>When the probes could say "healthy" at the earliest.</summary>
    public long EarliestReturn => Volatile.Read(ref _earliestReturn);

    /// <summary>What the last failed probe saw.</summary>
    public string Reason { get; private set; } = "";

    /// <summary>True when a probe is due and none is under way; the next one is due at <paramref name="nextAt"/> then.</summary>
    public bool TryStart(long now, long nextAt)
    {
        if (now < _nextAt || Interlocked.Exchange(ref _busy, 1) == 1) return false;
        _nextAt = nextAt;
        return true;
    }

    /// <summary>The probe under way has ended.</summary>
    public void Ended() => Volatile.Write(ref _busy, 0);

    /// <summary>Takes the result of a probe; null means it passed.</summary>
    public void Report(ActiveHealthConfig config, string? failure, long now)
    {
        var passed = failure is null;
        _inARow = passed == _lastPassed ? _inARow + 1 : 1;
        _lastPassed = passed;
        if (failure is not null) Reason = failure;
        var missing = passed ? Math.Max(0, config.HealthyAfter - _inARow) : config.HealthyAfter;
        Volatile.Write(ref _earliestReturn, Ticks.After(now, Ticks.Of(destination.Service.Time, config.Interval) * missing));
        if (_health == ProbeHealth.Unknown) Become(passed, now); // the first one counts alone: a new node must not send calls into a dead destination
        else if (_health == ProbeHealth.Unhealthy && passed && _inARow >= config.HealthyAfter) Become(healthy: true, now);
        else if (_health == ProbeHealth.Healthy && !passed && _inARow >= config.UnhealthyAfter) Become(healthy: false, now);
        else if (_health == ProbeHealth.Unhealthy) destination.Service.Changed(); // the soonest reopening has moved
    }

    /// <summary>Forgets what was known; for a destination that is no longer probed.</summary>
    public void Forget()
    {
        if (_health == ProbeHealth.Unknown) return;
        _health = ProbeHealth.Unknown;
        _inARow = 0;
        destination.Service.Changed();
    }

    private void Become(bool healthy, long now)
    {
        var returns = _health == ProbeHealth.Unhealthy;
        _health = healthy ? ProbeHealth.Healthy : ProbeHealth.Unhealthy;
        if (healthy) destination.Service.Events.Healthy(destination);
        else destination.Service.Events.Unhealthy(destination, Reason);
        if (returns) destination.Returned(now);
        else destination.Service.Changed();
    }
}
