namespace Tidegate.Core.Resources.Services;

/// <summary>Protocol spoken to destinations.</summary>
public enum UpstreamProtocol
{
    /// <summary>HTTP/1.1; HTTP/2 where TLS negotiates it or the call is gRPC.</summary>
    Auto,
    /// <summary>HTTP/1.1 always.</summary>
    Http1,
    /// <summary>HTTP/2 always, over TLS or in clear text with prior knowledge.</summary>
    Http2,
}
