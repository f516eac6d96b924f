using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Tidegate.Hosting.Admin;

/// <summary>
/// The port of OTLP by gRPC. HTTP/2 without TLS cannot share a port with HTTP/1.1, so it has one of its own, with the same login as the admin port and nothing
/// else behind it.
/// </summary>
internal static class GrpcPort
{
    private const string Service = "/opentelemetry.proto.collector.metrics.v1.MetricsService";

    /// <summary>Listens at both addresses, the admin's first.</summary>
    public static void Listen(KestrelServerOptions kestrel, Uri admin, Uri grpc)
    {
        Listen(kestrel, admin, HttpProtocols.Http1);
        Listen(kestrel, grpc, HttpProtocols.Http2);
    }

    /// <summary>What comes by HTTP/2 came to the port of gRPC: there is one service, and no admin API.</summary>
    public static Task OnlyMetricsAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) || context.Request.Path.StartsWithSegments(Service, StringComparison.Ordinal)) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address, HttpProtocols protocols)
    {
        void Speak(ListenOptions listen) => listen.Protocols = protocols;
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip)) kestrel.Listen(ip, address.Port, Speak);
        else if (address.Host == "localhost") kestrel.ListenLocalhost(address.Port, Speak);
        else kestrel.ListenAnyIP(address.Port, Speak);
    }
}
