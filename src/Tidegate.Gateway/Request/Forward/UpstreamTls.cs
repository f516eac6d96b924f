using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Services;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>TLS settings towards a service, its files read and checked.</summary>
internal sealed class UpstreamTls
{
    private readonly UpstreamTlsConfig _config;
    private readonly X509Certificate2Collection? _authorities;
    private readonly X509Certificate2? _certificate;

    private UpstreamTls(UpstreamTlsConfig config, X509Certificate2Collection? authorities, X509Certificate2? certificate)
    {
        (_config, _authorities, _certificate) = (config, authorities, certificate);
        Identity = $"{config.ServerName}|{config.InsecureSkipVerify}|{certificate?.Thumbprint}|{string.Join(',', authorities?.Select(a => a.Thumbprint) ?? [])}";
    }

    /// <summary>Name sent as SNI and checked; null for the host of the address.</summary>
    public string? ServerName => _config.ServerName;

    /// <summary>Equal for equal settings and file contents: connections may be kept then.</summary>
    public string Identity { get; }

    /// <summary>Reads the files; null with a reason and the key at fault when one cannot be used.</summary>
    public static UpstreamTls? Load(UpstreamTlsConfig config, out (string Key, string Reason) problem)
    {
        X509Certificate2Collection? authorities = null;
        X509Certificate2? certificate = null;
        var key = "caFile";
        problem = default;
        try
        {
            if (config.CaFile is { } ca)
            {
                authorities = [];
                authorities.ImportFromPemFile(ca);
                if (authorities.Count == 0) throw new CryptographicException("the file holds no certificate");
            }

            key = "certificateFile";
            if (config.CertificateFile is { } file) certificate = LoadCertificate(file, config.KeyFile);
            return new UpstreamTls(config, authorities, certificate);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = (key, e.Message);
            return null;
        }
    }

    /// <summary>Reads the files of an object; null with a finding when one cannot be used.</summary>
    public static UpstreamTls? Load(Resource resource, UpstreamTlsConfig config, FindingList findings)
    {
        var tls = Load(config, out var problem);
        if (tls is null) findings.Error(resource, "tls_file", $"spec.tls.{problem.Key}", $"The file cannot be used: {problem.Reason}");
        return tls;
    }

    /// <summary>Options for connections.</summary>
    public SslClientAuthenticationOptions Options()
    {
        var options = new SslClientAuthenticationOptions();
        if (_certificate is not null) options.ClientCertificateContext = SslStreamCertificateContext.Create(_certificate, additionalCertificates: null);
        if (_config.InsecureSkipVerify)
        {
#pragma warning disable CA5359 // The document asks for it, and `plan` warns about it.
            options.RemoteCertificateValidationCallback = static (_, _, _, _) => true;
#pragma warning restore CA5359
        }
        else if (_authorities is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(_authorities);
        }

        return options;
    }

    private static X509Certificate2 LoadCertificate(string file, string? keyFile)
    {
        using var pem = X509Certificate2.CreateFromPemFile(file, keyFile);
        // Through PKCS#12 and back: keys that exist only in memory are not taken by every TLS library.
        return X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
    }
}
