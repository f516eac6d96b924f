namespace Tidegate.Gateway.Request.Guard;

/// <summary>Why an attempt has no answer that could be used.</summary>
internal enum UpstreamFailure
{
    /// <summary>It has.</summary>
    None,
    /// <summary>No connection: refused, unreachable, no such name, TLS refused, too slow. Nothing was sent.</summary>
    Connect,
    /// <summary>The destination said it did not look at the request (HTTP/2 REFUSED_STREAM).</summary>
    NotProcessed,
    /// <summary>The connection broke off before the headers, or before anything of the body was passed on.</summary>
    Broken,
    /// <summary>What came is no HTTP, or too much of it.</summary>
    Garbage,
    /// <summary>The time of the attempt, or of the whole call, was over.</summary>
    Timeout,
    /// <summary>The caller went away. Nobody's failure.</summary>
    CallerGone,
    /// <summary>The request body could not be read from the caller.</summary>
    CallerBody,
    /// <summary>We ended it: another attempt was faster.</summary>
    GivenUp,
    /// <summary>We ended it: the gateway stops.</summary>
    Shutdown,
}
