using System.ComponentModel.DataAnnotations;

namespace Tidegate.Core.Resources.Consumers;

/// <summary>A client certificate: all given parts must match.</summary>
public sealed record CertificateConfig
{
    /// <summary>SHA-256 of the certificate, lower-case hex.</summary>
    [RegularExpression("^[0-9a-f]{64}$", ErrorMessage = "64 digits and small letters from a to f")]
    public string? Sha256 { get; init; }

    /// <summary>Common name of the subject.</summary>
    public string? CommonName { get; init; }

    /// <summary>A DNS or URI name in the certificate.</summary>
    public string? SubjectAltName { get; init; }
}
