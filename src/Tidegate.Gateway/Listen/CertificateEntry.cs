using System.Formats.Asn1;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tidegate.Gateway.Listen;

/// <summary>A server certificate with its chain, ready for handshakes.</summary>
internal sealed class CertificateEntry
{
    private const string SubjectAltNameOid = "2.5.29.17";
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);

    private CertificateEntry(X509Certificate2 certificate, SslStreamCertificateContext context, string[] names)
    {
        Certificate = certificate;
        Context = context;
        Names = names;
    }

    /// <summary>The leaf.</summary>
    public X509Certificate2 Certificate { get; }

    /// <summary>Leaf and intermediates, as the handshake wants them.</summary>
    public SslStreamCertificateContext Context { get; }

    /// <summary>DNS names it is good for, lower case; <c>*.example.com</c> for wildcards.</summary>
    public string[] Names { get; }

    /// <summary>Reads a PEM pair; the certificate file may hold intermediates after the leaf.</summary>
    /// <exception cref="CryptographicException">Not a certificate, not a key, or not of each other.</exception>
    /// <exception cref="IOException">A file cannot be read.</exception>
    public static CertificateEntry Read(string certificateFile, string keyFile)
    {
        var certificate = X509Certificate2.CreateFromPemFile(certificateFile, keyFile);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(certificateFile);
        if (chain.Count > 0) chain.RemoveAt(0);
        // Offline: a handshake waits for no other server; what clients need of the chain must be in the file.
        return new CertificateEntry(certificate, SslStreamCertificateContext.Create(certificate, chain, offline: true), NamesOf(certificate));
    }

    private static string[] NamesOf(X509Certificate2 certificate)
    {
        var names = new List<string>();
        foreach (var extension in certificate.Extensions)
        {
            if (extension.Oid?.Value != SubjectAltNameOid) continue;
            var sequence = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                if (sequence.PeekTag().HasSameClassAndValue(DnsName)) names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, DnsName).ToLowerInvariant());
                else sequence.ReadEncodedValue();
            }
        }

        return [.. names];
    }
}
