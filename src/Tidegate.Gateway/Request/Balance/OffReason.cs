namespace Tidegate.Gateway.Request.Balance;

/// <summary>Why a destination takes no calls.</summary>
internal enum OffReason
{
    /// <summary>It does.</summary>
    None,
    /// <summary>Its weight is 0.</summary>
    Drained,
    /// <summary>Its active checks fail.</summary>
    Unhealthy,
    /// <summary>Calls showed it to be an outlier.</summary>
    Ejected,
    /// <summary>Its breaker is open, by itself or by hand.</summary>
    BreakerOpen,
    /// <summary>It asked to be left alone (<c>Retry-After</c> with 503).</summary>
    RetryAfter,
}
