namespace Tidegate.Gateway.Request.Guard;

/// <summary>Tells calls that are cut off at shutdown from callers that left.</summary>
internal sealed class DrainState
{
    private volatile bool _forced;

    /// <summary>The time for draining is over: connections are being cut by us.</summary>
    public bool Forced
    {
        get => _forced;
        set => _forced = value;
    }
}
