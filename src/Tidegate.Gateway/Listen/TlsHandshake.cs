using System.Net.Security;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Tidegate.Gateway.Listen;

/// <summary>Chooses certificate and protocols for each handshake on the traffic port.</summary>
internal static class TlsHandshake
{
    // Half a handshake holds a connection; a client on a bad line needs a second or two.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Options for Kestrel.</summary>
    public static TlsHandshakeCallbackOptions Options(CertificateState certificates) => new()
    {
        HandshakeTimeout = Timeout,
        OnConnection = context => ValueTask.FromResult(Choose(certificates.Current, context.ClientHelloInfo.ServerName)),
    };

    private static SslServerAuthenticationOptions Choose(CertificateTable table, string serverName)
    {
        if (table.Find(serverName) is not { } entry)
            throw new AuthenticationException($"No certificate for '{serverName}', and there is no default.crt.");
        return new SslServerAuthenticationOptions
        {
            ServerCertificateContext = entry.Context,
            ApplicationProtocols = [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
            EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
            // Asked for only where client authorities are given (browsers would show a chooser), and never demanded: whether a route
            // needs a certificate, and whether it is believed, is decided by Identify.
            ClientCertificateRequired = table.ClientAuthorities.Count > 0,
#pragma warning disable CA5359 // the certificate is judged by Identify, against the authorities in force at the time of the call
            RemoteCertificateValidationCallback = static (_, _, _, _) => true,
#pragma warning restore CA5359
            CertificateRevocationCheckMode = System.Security.Cryptography.X509Certificates.X509RevocationMode.NoCheck,
        };
    }
}
