namespace Tidegate.Gateway.Request.Guard;

/// <summary>
/// Keeps retries and hedges a share of what callers asked for, so that they cannot become the load that keeps a service, or a model, down: in any window at most
/// ratio x calls + minimum per second x window.
/// </summary>
internal sealed class RetryBudget(TimeProvider time)
{
    /// <summary>"Recent" means this long: Finagle's retry budget uses the same ten seconds.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly RollingCounts _calls = new(time, Window);
    private readonly RollingCounts _extra = new(time, Window);

    /// <summary>A call has come.</summary>
    public void CountCall(long now) => _calls.Add(now, failed: false);

    /// <summary>Calls of the window.</summary>
    public long Calls(long now) => _calls.Read(now).Total;

    /// <summary>Extra attempts of the window.</summary>
    public long Extra(long now) => _extra.Read(now).Total;

    /// <summary>Takes one extra attempt out of the budget; false when it is used up.</summary>
    public bool TryTake(double ratio, int minimumPerSecond, long now)
    {
        lock (_gate)
        {
            var allowed = (ratio * Calls(now)) + (minimumPerSecond * Window.TotalSeconds);
            if (_extra.Read(now).Total + 1 > allowed) return false;
            _extra.Add(now, failed: false);
            return true;
        }
    }
}
