namespace Tidegate.Core.Resources.OpenSlo.Indicators;

/// <summary>How a probe asks.</summary>
public enum ProbeIndicatorType
{
    /// <summary>An HTTP request.</summary>
    Http,

    /// <summary>A connection is opened.</summary>
    Tcp,

    /// <summary>A TLS handshake; the certificate must be valid, and stay so for <c>expect.certificateDays</c>.</summary>
    Tls,

    /// <summary>A name is looked up.</summary>
    Dns,

    /// <summary>The gRPC health protocol (<c>grpc.health.v1</c>).</summary>
    Grpc,

    /// <summary>A prompt to a model, over the gateway.</summary>
    Model,
}
