using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Tidegate.EndToEnd.Support.Peers;

/// <summary>A Grpc.AspNetCore server (HTTP/2, clear text) with every kind of method, and the standard health service.</summary>
internal sealed class GrpcPeer : IAsyncDisposable
{
    private readonly KestrelPeer _server;
    private readonly Switch _health;
    private readonly Seen _seen;

    private GrpcPeer(KestrelPeer server, Switch health, Seen seen)
    {
        _server = server;
        _health = health;
        _seen = seen;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => _server.Address;

    /// <summary>What the health service answers.</summary>
    public bool Healthy
    {
        set => _health.On = value;
    }

    /// <summary>Calls of <c>Echo</c> so far.</summary>
    public int Calls => Volatile.Read(ref _seen.Echoes);

    /// <summary>The <c>grpc-timeout</c> of the last <c>Echo</c>; null when it had none.</summary>
    public string? LastTimeout => _seen.Timeout;

    public static async Task<GrpcPeer> StartAsync()
    {
        var (health, seen) = (new Switch(), new Seen());
        var server = await KestrelPeer.StartAsync(
            HttpProtocols.Http2,
            app =>
            {
                app.MapGrpcService<MeasureService>();
                app.MapGrpcHealthChecksService();
            },
            services =>
            {
                services.AddSingleton(seen).AddGrpc();
                services.AddGrpcHealthChecks().AddCheck("switch", () => health.On ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy());
                services.Configure<HealthCheckPublisherOptions>(publish => (publish.Delay, publish.Period) = (TimeSpan.Zero, TimeSpan.FromSeconds(1)));
            });
        return new(server, health, seen);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private sealed class Switch
    {
        public volatile bool On = true;
    }

    private sealed class Seen
    {
        public int Echoes;
        public volatile string? Timeout;
    }

    private sealed class MeasureService(Seen seen) : Measure.MeasureBase
    {
        public override async Task<EchoReply> Echo(EchoRequest request, ServerCallContext context)
        {
            seen.Timeout = context.GetHttpContext().Request.Headers["grpc-timeout"].SingleOrDefault();
            Interlocked.Increment(ref seen.Echoes);
            await Task.Delay(request.DelayMs, context.CancellationToken);
            return request.Status == 0 ? new() { Text = request.Text, Number = request.Number } : throw Failure(request);
        }

        public override async Task CountDown(EchoRequest request, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
        {
            for (var left = request.Number; left > 0; left--)
            {
                await responseStream.WriteAsync(new() { Text = request.Text, Number = left }, context.CancellationToken);
                if (request.DelayMs > 0) await Task.Delay(request.DelayMs, context.CancellationToken);
            }

            if (request.Status != 0) throw Failure(request);
        }

        public override async Task<EchoReply> Sum(IAsyncStreamReader<EchoRequest> requestStream, ServerCallContext context)
        {
            var sum = new EchoReply();
            await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken)) sum.Number += request.Number;
            return sum;
        }

        public override async Task Converse(IAsyncStreamReader<EchoRequest> requestStream, IServerStreamWriter<EchoReply> responseStream, ServerCallContext context)
        {
            await foreach (var request in requestStream.ReadAllAsync(context.CancellationToken))
            {
                await responseStream.WriteAsync(new() { Text = request.Text, Number = request.Number }, context.CancellationToken);
            }
        }

        private static RpcException Failure(EchoRequest request) => new(new global::Grpc.Core.Status((StatusCode)request.Status, $"as asked: {request.Text}"));
    }
}
