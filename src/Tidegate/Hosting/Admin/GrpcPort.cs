namespace Tidegate.Hosting.Admin;

/// <summary>
/// The port of OTLP by gRPC. HTTP/2 without TLS cannot share a port with HTTP/1.1, so it has one of its own, with the same login as the admin port and nothing
/// else behind it.
/// </summary>
internal static class GrpcPort
{
    private const string Service = "/opentelemetry.proto.collector.metrics.v1.MetricsService";

    /// <summary>What comes by HTTP/2 came to the port of gRPC: there is one service, and no admin API.</summary>
    public static Task OnlyMetricsAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpProtocol.IsHttp2(context.Request.Protocol) || context.Request.Path.StartsWithSegments(Service, StringComparison.Ordinal)) return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
