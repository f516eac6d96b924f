using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Request.Balance;

namespace Tidegate.Gateway.Request.Guard;

/// <summary>
/// The breaker of one destination. Closed: counts, and opens when too many of enough calls failed. Open: refuses until the cooldown ends. Half-open: lets one
/// probe pass at a time; success closes it, failure opens it for twice as long. A closed breaker costs a call two volatile reads and one atomic add.
/// </summary>
internal sealed class BreakerState(DestinationState destination)
{
    /// <summary>Cooldowns are lengthened by up to this share at random, so that the nodes of a cluster do not probe in step.</summary>
    private const double Jitter = 0.2;

    private readonly Lock _gate = new();
    private volatile BreakerPosition _position;
    private volatile BreakerOverride? _override;
    private volatile RollingCounts? _counts;
    private long _openUntil;
    private int _openings;
    private bool _probing;

    /// <summary>Where it stands, an override included.</summary>
    public BreakerPosition Position(long now)
    {
        if (Held(now) is { } forced) return forced.Open ? BreakerPosition.Open : BreakerPosition.Closed;
        return _position == BreakerPosition.Open && now >= Volatile.Read(ref _openUntil) ? BreakerPosition.HalfOpen : _position;
    }

    /// <summary>Until when it refuses every call; 0 when it lets calls, or a probe, pass.</summary>
    public long ClosedToCallsUntil(long now)
    {
        if (Held(now) is { } forced) return forced.Open ? forced.Until : 0;
        return _position == BreakerPosition.Open ? Volatile.Read(ref _openUntil) : 0;
    }

    /// <summary>End of an override; 0 for none.</summary>
    public long OverrideUntil => _override?.Until ?? 0;

    /// <summary>Why it is held by hand; null when it is not.</summary>
    public string? OverrideReason(long now) => Held(now)?.Reason;

    /// <summary>How it is held by hand; null when it is not.</summary>
    public BreakerOverride? Held(long now) => _override is { } forced && now < forced.Until ? forced : null;

    /// <summary>May an attempt go. Whoever gets <see cref="BreakerEntry.Probe"/> must report or release it.</summary>
    public BreakerEntry TryEnter(BreakerConfig? config, long now)
    {
        if (_override is not null && Held(now) is { } forced) return forced.Open ? BreakerEntry.Refused : BreakerEntry.Normal;
        return config is null || _position == BreakerPosition.Closed ? BreakerEntry.Normal : TryProbe(now);
    }

    /// <summary>Takes the result of an attempt that was let in.</summary>
    public void Report(BreakerConfig? config, BreakerEntry entry, bool failed, long now)
    {
        if (config is null) return;
        if (entry == BreakerEntry.Probe) EndProbe(config, failed, now);
        else if (_position == BreakerPosition.Closed) Count(config, failed, now); // a result of before the opening says nothing new
    }

    /// <summary>Gives a probe back that ended without telling anything: the caller left, or another attempt was faster.</summary>
    public void Release(BreakerEntry entry)
    {
        if (entry != BreakerEntry.Probe) return;
        lock (_gate) _probing = false;
    }

    /// <summary>Holds it open or closed until the override ends.</summary>
    public void Force(BreakerOverride forced)
    {
        _override = forced;
        destination.Service.Events.BreakerForced(destination, forced);
        destination.Service.Changed();
    }

    /// <summary>Ends an override.</summary>
    public void EndForce()
    {
        if (Interlocked.Exchange(ref _override, null) is not null) destination.Service.Events.BreakerReleased(destination);
        destination.Service.Changed();
    }

    private void Count(BreakerConfig config, bool failed, long now)
    {
        var counts = _counts;
        if (counts is null || counts.Window != config.Window) _counts = counts = new RollingCounts(destination.Service.Time, config.Window);
        counts.Add(now, failed);
        if (!failed) return;
        var (total, failures) = counts.Read(now);
        if (total < config.MinimumCalls || failures < config.FailureRatio * total) return;
        lock (_gate)
        {
            if (_position != BreakerPosition.Closed) return;
            Open(config, now);
        }

        destination.Service.Events.BreakerOpened(destination, $"{failures} of {total} calls failed", OpenFor(now));
        destination.Service.Changed();
    }

    private BreakerEntry TryProbe(long now)
    {
        lock (_gate)
        {
            if (_position == BreakerPosition.Closed) return BreakerEntry.Normal;
            if (_probing || now < _openUntil) return BreakerEntry.Refused;
            _probing = true;
            if (_position == BreakerPosition.HalfOpen) return BreakerEntry.Probe;
            _position = BreakerPosition.HalfOpen;
        }

        destination.Service.Events.BreakerHalfOpen(destination);
        return BreakerEntry.Probe;
    }

    private void EndProbe(BreakerConfig config, bool failed, long now)
    {
        lock (_gate)
        {
            if (!_probing) return;
            _probing = false;
            if (failed) Open(config, now);
            else
            {
                _position = BreakerPosition.Closed;
                _openings = 0;
                _counts?.Clear();
            }
        }

        if (failed) destination.Service.Events.BreakerOpened(destination, "its probe failed", OpenFor(now));
        else
        {
            destination.Service.Events.BreakerClosed(destination);
            destination.Returned(now);
        }

        destination.Service.Changed();
    }

    private void Open(BreakerConfig config, long now)
    {
        var longest = Math.Max(config.MaxCooldown.Ticks, config.Cooldown.Ticks);
        var cooldown = Math.Min(longest, config.Cooldown.Ticks * Math.Pow(2, Math.Min(_openings, 30)));
        _openings++;
        var jittered = TimeSpan.FromTicks((long)(cooldown * (1 + (Jitter * destination.Service.Random.NextDouble()))));
        Volatile.Write(ref _openUntil, Ticks.After(now, Ticks.Of(destination.Service.Time, jittered)));
        _position = BreakerPosition.Open;
    }

    private TimeSpan OpenFor(long now) => Ticks.Span(destination.Service.Time, Volatile.Read(ref _openUntil) - now);
}
