namespace Tidegate.Gateway.Request.Forward;

/// <summary>How passing on an answer ended.</summary>
internal enum RelayEnd
{
    /// <summary>All of it was passed on.</summary>
    Complete,
    /// <summary>The upstream broke off or fell silent.</summary>
    UpstreamBroke,
    /// <summary>The caller went away, or took nothing for too long.</summary>
    CallerGone,
    /// <summary>The caller's own deadline passed meanwhile.</summary>
    Deadline,
    /// <summary>The gateway stops.</summary>
    Shutdown,
}
