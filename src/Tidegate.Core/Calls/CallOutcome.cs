namespace Tidegate.Core.Calls;

/// <summary>What became of a call, from the caller's point of view. Stored and shown in snake_case (<see cref="CallOutcomes"/>).</summary>
public enum CallOutcome : byte
{
    /// <summary>Answered by the upstream (or the cache) with 1xx-3xx and completely delivered.</summary>
    Ok,
    /// <summary>The upstream answered 4xx: the caller's fault, not the service's.</summary>
    ClientError,
    /// <summary>Malformed or refused by hygiene rules before routing (400, 413, 431, 505).</summary>
    BadRequest,
    /// <summary>No route matches (404) or the method is not allowed (405).</summary>
    NoRoute,
    /// <summary>No or wrong credentials (401).</summary>
    Unauthenticated,
    /// <summary>Known caller without the right (403).</summary>
    Forbidden,
    /// <summary>A rate, concurrency or budget limit spoke (429).</summary>
    RateLimited,
    /// <summary>Given up by load shedding or a bulkhead (503).</summary>
    Shed,
    /// <summary>The upstream answered 5xx, broke the connection or sent garbage (502 or its own status).</summary>
    UpstreamError,
    /// <summary>The deadline passed (504).</summary>
    Timeout,
    /// <summary>All destinations are off: breakers open, ejected or unhealthy (503).</summary>
    Unavailable,
    /// <summary>The answer began and broke off: the caller saw an incomplete answer.</summary>
    Truncated,
    /// <summary>The caller went away first. Nobody's failure.</summary>
    ClientCancelled,
    /// <summary>A fault of the gateway itself (500).</summary>
    GatewayError,
}
