using System.Runtime.CompilerServices;
using System.Security.Cryptography.X509Certificates;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>Reads and judges client certificates, once for each connection that presents one.</summary>
internal sealed class ClientCertificates(TimeProvider time)
{
    private volatile Trust _trust = new([]);

    /// <summary>Authorities whose signature makes names in a client certificate believable.</summary>
    public X509Certificate2Collection Authorities
    {
        set => _trust = new Trust(value);
    }

    /// <summary>What the certificate says; null when it is not valid now.</summary>
    public CertificateFacts? Read(X509Certificate2 certificate)
    {
        var trust = _trust;
        if (!trust.Known.TryGetValue(certificate, out var facts))
        {
            facts = CertificateFacts.Read(certificate, trust.Signs(certificate, time.GetUtcNow()));
            trust.Known.AddOrUpdate(certificate, facts);
        }

        var now = time.GetUtcNow().UtcTicks;
        return now >= facts.NotBefore && now < facts.NotAfter ? facts : null;
    }

    private sealed class Trust(X509Certificate2Collection authorities)
    {
        // New authorities, new judgements: facts live with their trust. The entry goes with the connection's certificate.
        public ConditionalWeakTable<X509Certificate2, CertificateFacts> Known { get; } = [];

        public bool Signs(X509Certificate2 certificate, DateTimeOffset now)
        {
            if (authorities.Count == 0) return false;
            using var chain = new X509Chain();
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
            chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck; // calls wait for nobody; revoke by taking the consumer's entry out
            chain.ChainPolicy.VerificationTime = now.UtcDateTime;
            chain.ChainPolicy.ApplicationPolicy.Add(new System.Security.Cryptography.Oid("1.3.6.1.5.5.7.3.2")); // client authentication
            return chain.Build(certificate);
        }
    }
}
