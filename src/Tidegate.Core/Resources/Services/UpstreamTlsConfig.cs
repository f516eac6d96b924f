namespace Tidegate.Core.Resources.Services;

/// <summary>TLS towards <c>https</c> destinations. Certificates are verified against the system's authorities unless told otherwise.</summary>
public sealed record UpstreamTlsConfig
{
    /// <summary>Name sent as SNI and checked in the certificate. Default: the host of the address.</summary>
    public string? ServerName { get; init; }

    /// <summary>PEM file of authorities to trust instead of the system's.</summary>
    public string? CaFile { get; init; }

    /// <summary>PEM file of the client certificate.</summary>
    public string? CertificateFile { get; init; }

    /// <summary>PEM file of its key.</summary>
    public string? KeyFile { get; init; }

    /// <summary>Accepts any certificate. For trials only: <c>plan</c> warns.</summary>
    public bool InsecureSkipVerify { get; init; }
}
