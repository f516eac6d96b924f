using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tidegate.Gateway.Request.Identify;

/// <summary>What a client certificate says, read once per connection.</summary>
/// <param name="Sha256">Lower-case hex of the SHA-256 of the certificate.</param>
/// <param name="CommonName">Common name of its subject, or empty.</param>
/// <param name="SubjectAltNames">Its DNS and URI names.</param>
/// <param name="Trusted">Signed by one of the operator's client authorities.</param>
/// <param name="NotBefore">UTC ticks from which it is valid.</param>
/// <param name="NotAfter">UTC ticks until which it is valid.</param>
internal sealed record CertificateFacts(string Sha256, string CommonName, string[] SubjectAltNames, bool Trusted, long NotBefore, long NotAfter)
{
    private const string SubjectAltNameOid = "2.5.29.17";
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2), UriName = new(TagClass.ContextSpecific, 6);

    /// <summary>Reads a certificate.</summary>
    public static CertificateFacts Read(X509Certificate2 certificate, bool trusted) => new(
        certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant(), certificate.GetNameInfo(X509NameType.SimpleName, false), Alternatives(certificate), trusted,
        certificate.NotBefore.ToUniversalTime().Ticks, certificate.NotAfter.ToUniversalTime().Ticks);

    private static string[] Alternatives(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions)
        {
            if (extension.Oid?.Value != SubjectAltNameOid) continue;
            var sequence = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                var tag = sequence.PeekTag();
                if (tag.HasSameClassAndValue(DnsName) || tag.HasSameClassAndValue(UriName)) names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                else sequence.ReadEncodedValue();
            }
        }

        return [.. names];
    }
}
