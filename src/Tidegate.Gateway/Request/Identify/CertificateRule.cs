using Tidegate.Core.Resources.Consumers;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>A client certificate named by a consumer.</summary>
internal sealed class CertificateRule(CertificateConfig config, Caller caller)
{
    /// <summary>Who calls with it.</summary>
    public Caller Caller { get; } = caller;

    /// <summary>
    /// True when all parts that are given match. A certificate named by its hash needs nobody's signature; one named by what it says about itself must be signed
    /// by an authority the operator trusts, or anybody could say the same.
    /// </summary>
    public bool Matches(CertificateFacts facts)
    {
        if (config.Sha256 is null && config.CommonName is null && config.SubjectAltName is null) return false;
        if (config.Sha256 is { } sha256 && !string.Equals(sha256, facts.Sha256, StringComparison.OrdinalIgnoreCase)) return false;
        if (config.CommonName is { } name && !string.Equals(name, facts.CommonName, StringComparison.Ordinal)) return false;
        if (config.SubjectAltName is { } alternative && !facts.SubjectAltNames.Contains(alternative, StringComparer.OrdinalIgnoreCase)) return false;
        return config.Sha256 is not null || facts.Trusted;
    }
}
