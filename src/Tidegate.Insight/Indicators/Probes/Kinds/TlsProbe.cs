using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Tidegate.Core.Resources.OpenSlo.Indicators;

namespace Tidegate.Insight.Indicators.Probes.Kinds;

/// <summary>A TLS handshake: the certificate is valid for the host, and stays so for long enough.</summary>
/// <param name="time">The time.</param>
/// <param name="trusted">Authorities that are trusted instead of the system's; null: the system's.</param>
internal sealed class TlsProbe(TimeProvider time, X509Certificate2Collection? trusted = null) : IProbe
{
    public ProbeIndicatorType Type => ProbeIndicatorType.Tls;

    public async Task<string?> AskAsync(ProbeIndicatorConfig config, CancellationToken cancel)
    {
        var (host, port) = HostPort.Of(config.Target);
        using var client = new TcpClient();
        await client.ConnectAsync(host, port, cancel);
        string? problem = null;
        await using var tls = new SslStream(client.GetStream());
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = host,
            // Looked at here to say what is wrong with it; nothing is sent over the connection, and what is wrong is a bad answer.
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                problem = Problem(certificate as X509Certificate2, chain, errors, config.Expect.CertificateDays);
                return problem is null;
            },
        };
        if (trusted is not null)
        {
            options.CertificateChainPolicy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(trusted);
        }

        try
        {
            await tls.AuthenticateAsClientAsync(options, cancel);
        }
        catch (System.Security.Authentication.AuthenticationException) when (problem is not null)
        {
            return problem;
        }

        return problem;
    }

    private string? Problem(X509Certificate2? certificate, X509Chain? chain, SslPolicyErrors errors, int days)
    {
        if (certificate is null) return "the server showed no certificate";
        var left = new DateTimeOffset(certificate.NotAfter.ToUniversalTime()) - time.GetUtcNow();
        if (left < TimeSpan.Zero) return $"the certificate has expired on {certificate.NotAfter.ToUniversalTime():u}";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch)) return "the certificate is for another name";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors))
            return $"the certificate is not trusted: {string.Join(", ", chain?.ChainStatus.Select(s => s.Status.ToString()).Distinct(StringComparer.Ordinal) ?? [])}";
        return left.TotalDays < days ? string.Create(CultureInfo.InvariantCulture, $"the certificate ends in {left.TotalDays:0.0} days ({certificate.NotAfter.ToUniversalTime():u}), fewer than {days}") : null;
    }
}
