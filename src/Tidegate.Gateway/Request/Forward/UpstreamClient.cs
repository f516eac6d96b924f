using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Text;
using Tidegate.Core.Resources.Services;

namespace Tidegate.Gateway.Request.Forward;

/// <summary>The connections to a service's destinations, with deliberate settings: nothing the HTTP client does by itself may change a call.</summary>
internal static class UpstreamClient
{
    /// <summary>Connections are renewed now and then, so that a changed DNS answer is noticed.</summary>
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);

    /// <summary>Shorter than the keep-alive of common servers (nginx 75 s, Kestrel 130 s), so that we close first and no request meets a closing connection.</summary>
    private static readonly TimeSpan KeepIdle = TimeSpan.FromSeconds(60);

    /// <summary>Largest response header section, in kilobytes.</summary>
    private const int MaxResponseHeadersKilobytes = 64;

    /// <summary>Makes the client of a service.</summary>
    public static HttpMessageInvoker Create(ServiceConfig config, UpstreamTls tls)
    {
        var handler = new SocketsHttpHandler
        {
            UseProxy = false,
            UseCookies = false,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            ActivityHeadersPropagator = null,           // traceparent is the gateway's to set
            EnableMultipleHttp2Connections = true,
            ConnectTimeout = config.Resilience.ConnectTimeout,
            PooledConnectionLifetime = Lifetime,
            PooledConnectionIdleTimeout = KeepIdle,
            MaxResponseHeadersLength = MaxResponseHeadersKilobytes,
            KeepAlivePingDelay = TimeSpan.FromSeconds(30), // finds dead HTTP/2 connections under streams that are silent by nature
            KeepAlivePingTimeout = TimeSpan.FromSeconds(10),
            KeepAlivePingPolicy = HttpKeepAlivePingPolicy.WithActiveRequests,
            // Header bytes pass as they came: Latin-1 is the encoding that changes none.
            RequestHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            ResponseHeaderEncodingSelector = static (_, _) => Encoding.Latin1,
            SslOptions = tls.Options(),
        };
        // The client takes the name for SNI from Host. Where Host is the caller's, or the document names another, we make the TLS connection ourselves.
        if (tls.ServerName is not null || config.PreserveHost) handler.ConnectCallback = (context, cancel) => ConnectAsync(context, tls, cancel);
        return new HttpMessageInvoker(handler);
    }

    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, UpstreamTls tls, CancellationToken cancel)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(context.DnsEndPoint, cancel);
            var stream = new NetworkStream(socket, ownsSocket: true);
            if (context.InitialRequestMessage.RequestUri?.Scheme != Uri.UriSchemeHttps) return stream;
            var options = tls.Options();
            options.TargetHost = tls.ServerName ?? context.DnsEndPoint.Host;
            options.ApplicationProtocols = Protocols(context.InitialRequestMessage);
            var secure = new SslStream(stream);
            await secure.AuthenticateAsClientAsync(options, cancel);
            return secure;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static List<SslApplicationProtocol> Protocols(HttpRequestMessage request) => request switch
    {
        { Version.Major: < 2 } => [SslApplicationProtocol.Http11],
        { VersionPolicy: HttpVersionPolicy.RequestVersionExact } => [SslApplicationProtocol.Http2],
        _ => [SslApplicationProtocol.Http2, SslApplicationProtocol.Http11],
    };
}
