using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Tidegate.EndToEnd.Support.Peers;

namespace Tidegate.EndToEnd.Support.Otlp;

/// <summary>A receiver of the OpenTelemetry protocol: by gRPC, or by HTTP with protobuf bodies. It keeps what it gets.</summary>
internal sealed class OtlpPeer : IAsyncDisposable
{
    private readonly KestrelPeer _server;

    private OtlpPeer(KestrelPeer server) => _server = server;

    public Uri Address => _server.Address;

    public ConcurrentBag<Span> Spans { get; private init; } = [];

    public ConcurrentBag<(Resource Resource, Metric Metric)> Metrics { get; private init; } = [];

    public ConcurrentBag<LogRecord> Logs { get; private init; } = [];

    public static async Task<OtlpPeer> StartAsync(bool http)
    {
        var kept = new Kept();
        var server = await KestrelPeer.StartAsync(http ? HttpProtocols.Http1 : HttpProtocols.Http2, app =>
        {
            if (http)
            {
                app.MapPost("/v1/traces", request => AcceptAsync(request, Traces.Parser, kept.Take));
                app.MapPost("/v1/metrics", request => AcceptAsync(request, Otlp.Metrics.Parser, kept.Take));
                app.MapPost("/v1/logs", request => AcceptAsync(request, Otlp.Logs.Parser, kept.Take));
            }
            else
            {
                app.MapGrpcService<TraceReceiver>();
                app.MapGrpcService<MetricsReceiver>();
                app.MapGrpcService<LogsReceiver>();
            }
        }, services => services.AddSingleton(kept).AddGrpc());
        return new(server) { Spans = kept.Spans, Metrics = kept.Metrics, Logs = kept.Logs };
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private static async Task AcceptAsync<T>(HttpContext context, MessageParser<T> parser, Action<T> take)
        where T : IMessage<T>
    {
        Assert.Equal("application/x-protobuf", context.Request.ContentType);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        take(parser.ParseFrom(body.ToArray()));
        context.Response.ContentType = "application/x-protobuf";
    }

    private sealed class Kept
    {
        public ConcurrentBag<Span> Spans { get; } = [];

        public ConcurrentBag<(Resource, Metric)> Metrics { get; } = [];

        public ConcurrentBag<LogRecord> Logs { get; } = [];

        public void Take(Traces traces)
        {
            foreach (var span in traces.ResourceSpans.SelectMany(r => r.ScopeSpans).SelectMany(s => s.Spans)) Spans.Add(span);
        }

        public void Take(Otlp.Metrics metrics)
        {
            foreach (var resource in metrics.ResourceMetrics)
            {
                foreach (var metric in resource.ScopeMetrics.SelectMany(s => s.Metrics)) Metrics.Add((resource.Resource, metric));
            }
        }

        public void Take(Otlp.Logs logs)
        {
            foreach (var record in logs.ResourceLogs.SelectMany(r => r.ScopeLogs).SelectMany(s => s.LogRecords)) Logs.Add(record);
        }
    }

    private sealed class TraceReceiver(Kept kept) : TraceService.TraceServiceBase
    {
        public override Task<Accepted> Export(Traces request, ServerCallContext context)
        {
            kept.Take(request);
            return Task.FromResult(new Accepted());
        }
    }

    private sealed class MetricsReceiver(Kept kept) : MetricsService.MetricsServiceBase
    {
        public override Task<Accepted> Export(Otlp.Metrics request, ServerCallContext context)
        {
            kept.Take(request);
            return Task.FromResult(new Accepted());
        }
    }

    private sealed class LogsReceiver(Kept kept) : LogsService.LogsServiceBase
    {
        public override Task<Accepted> Export(Otlp.Logs request, ServerCallContext context)
        {
            kept.Take(request);
            return Task.FromResult(new Accepted());
        }
    }
}
