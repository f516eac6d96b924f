using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Tidegate.Tests.Gateway.Support;

/// <summary>A directory of server certificates as an operator would keep one, made by an authority of its own.</summary>
internal sealed class TestCertificates : IDisposable
{
    private readonly X509Certificate2 _authority = Make("CN=Test authority", null, [], authority: true);

    public TestCertificates() => Directory = System.IO.Directory.CreateTempSubdirectory("tidegate-certificates-").FullName;

    /// <summary>Where the files are.</summary>
    public string Directory { get; }

    /// <summary>Writes a pair <c>name.crt</c>, <c>name.key</c>, good for the DNS names; gives the leaf's hash.</summary>
    public string Write(string name, params string[] dnsNames)
    {
        using var leaf = Make($"CN={name}", _authority, dnsNames, authority: false);
        File.WriteAllText(Path.Combine(Directory, name + ".key"), leaf.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem());
        File.WriteAllText(Path.Combine(Directory, name + ".crt"), leaf.ExportCertificatePem() + "\n" + _authority.ExportCertificatePem());
        return leaf.GetCertHashString(HashAlgorithmName.SHA256);
    }

    /// <summary>Writes <c>client-ca.pem</c>: certificates of this authority are asked for and believed.</summary>
    public void TrustClients() => File.WriteAllText(Path.Combine(Directory, "client-ca.pem"), _authority.ExportCertificatePem());

    /// <summary>A client certificate of this authority, or of nobody's.</summary>
    public X509Certificate2 Client(string commonName, bool trusted = true)
    {
        using var made = Make($"CN={commonName}", trusted ? _authority : null, [], authority: false);
        // Through PKCS#12, or SslStream cannot use the key.
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public void Dispose()
    {
        _authority.Dispose();
        System.IO.Directory.Delete(Directory, recursive: true);
    }

    private static X509Certificate2 Make(string subject, X509Certificate2? issuer, string[] dnsNames, bool authority)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(authority, false, 0, true));
        if (dnsNames.Length > 0)
        {
            var names = new SubjectAlternativeNameBuilder();
            foreach (var name in dnsNames) names.AddDnsName(name);
            request.CertificateExtensions.Add(names.Build());
        }

        var from = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var until = from.AddYears(30);
        if (issuer is null) return request.CreateSelfSigned(from, until);
        var serial = RandomNumberGenerator.GetBytes(12);
        using var signed = request.Create(issuer, from, until, serial);
        return signed.CopyWithPrivateKey(key);
    }
}
