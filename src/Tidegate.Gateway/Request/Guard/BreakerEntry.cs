namespace Tidegate.Gateway.Request.Guard;

/// <summary>How a breaker answers an attempt.</summary>
internal enum BreakerEntry : byte
{
    /// <summary>Not now.</summary>
    Refused,
    /// <summary>Go, as usual.</summary>
    Normal,
    /// <summary>Go, as the one probe whose result closes the breaker or opens it again.</summary>
    Probe,
}
