namespace Tidegate.Gateway.Request.Guard;

/// <summary>Who ended an attempt. The first cause stands.</summary>
internal enum CancelCause
{
    /// <summary>Nobody.</summary>
    None,
    /// <summary>The caller went away.</summary>
    CallerGone,
    /// <summary>The deadline of the call passed.</summary>
    Deadline,
    /// <summary>The attempt took longer than one may; the call goes on.</summary>
    AttemptTimeout,
    /// <summary>A body or stream was silent for too long.</summary>
    Idle,
    /// <summary>Another attempt was faster, or this one is given up for the next.</summary>
    GivenUp,
    /// <summary>The gateway stops and its time for draining is over.</summary>
    Shutdown,
    /// <summary>The request body could not be read from the caller.</summary>
    CallerBody,
}
