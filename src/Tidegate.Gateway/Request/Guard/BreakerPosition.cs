namespace Tidegate.Gateway.Request.Guard;

/// <summary>Where a breaker stands.</summary>
internal enum BreakerPosition
{
    /// <summary>Calls pass.</summary>
    Closed,
    /// <summary>One probe at a time passes.</summary>
    HalfOpen,
    /// <summary>Nothing passes until the cooldown ends.</summary>
    Open,
}
