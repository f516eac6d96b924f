namespace Tidegate.Operations.Delivery;

/// <summary>How urgent a release is. What repairs an outage or closes a hole is not held back by a budget, and by freezes only where they say so.</summary>
public enum ReleasePriority
{
    /// <summary>Anything else.</summary>
    Normal,

    /// <summary>It repairs an outage.</summary>
    P0,

    /// <summary>It closes a hole.</summary>
    Security,
}
