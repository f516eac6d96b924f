using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidegate.Gateway.Listen;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Request.Guard;
using Tidegate.Gateway.Request.Identify;
using Tidegate.Gateway.Request.Record;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway;

/// <summary>The traffic port: a Kestrel of its own with our application on it, so that admin work and traffic share no pipeline.</summary>
public sealed partial class GatewayServer : IHostedService, IAsyncDisposable
{
    // Longer than the idle time of the load balancers in front (60 s, mostly): who closes first must not be the one who is sent to.
    private static readonly TimeSpan KeepAlive = TimeSpan.FromSeconds(130);

    // A machine that needs longer to accept what waits has other troubles.
    private static readonly TimeSpan LastConnections = TimeSpan.FromSeconds(5);

    private readonly GatewayOptions _options;
    private readonly IServiceProvider _services;
    private readonly ILogger<GatewayServer> _logger;
    private readonly TimeProvider _time;
    private readonly ListenSockets _sockets;
    private CertificateState? _certificates;
    private WebApplication? _shell;
    private IServer? _server;
    private IDisposable? _malformed;

    internal GatewayServer(GatewayOptions options, IServiceProvider services)
    {
        _options = options;
        _services = services;
        _logger = services.GetRequiredService<ILogger<GatewayServer>>();
        _time = services.GetRequiredService<TimeProvider>();
        _sockets = new ListenSockets(_time);
    }

    /// <summary>Addresses in use, with the real port where 0 was asked for.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _services.GetRequiredService<NodeMetrics>();
        _services.GetRequiredService<CacheMetrics>();
        _services.GetRequiredService<StaleMetrics>();
        _services.GetRequiredService<SnapshotUpdater>().Start();
        if (_options.Listen.Any(a => a.Scheme == Uri.UriSchemeHttps))
        {
            var directory = _options.CertificateDirectory
                ?? throw new InvalidOperationException("An https address needs a directory of certificates: give --certificates DIR, or listen on http.");
            var clients = _services.GetRequiredService<ClientCertificates>();
            _certificates = new CertificateState(directory, table => clients.Authorities = table.ClientAuthorities, _time, _services.GetRequiredService<ILogger<CertificateState>>());
        }

        // A line ends with CR LF. To take a bare LF for an end is allowed (RFC 9112 §2.2), and is how requests are smuggled past those who do not.
        AppContext.SetSwitch("Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators", true);
        // The empty builder brings Kestrel and its TLS services, and nothing else: the shell itself is never run.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<ILoggerFactory>(new ServerLog(_services.GetRequiredService<ILoggerFactory>(), _services.GetRequiredService<Meter>()));
        // Both by name: Kestrel adds its sockets only where no transport is registered.
        builder.Services.AddSingleton<IConnectionListenerFactory, SocketTransportFactory>().AddSingleton<IConnectionListenerFactory, NeverTransport>();
        builder.Services.Configure<SocketTransportOptions>(sockets => sockets.CreateBoundListenSocket = _sockets.Create);
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(Configure);
        _shell = builder.Build();
        _server = _shell.Services.GetRequiredService<IServer>();
        _malformed = _services.GetRequiredService<MalformedRequests>().Follow(_shell.Services.GetRequiredService<DiagnosticListener>());
        await _server.StartAsync(_services.GetRequiredService<GatewayApplication>(), cancellationToken);
        // Those with an IP address; Kestrel lists the one nobody can connect to as well.
        Addresses = [.. _server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a)).Where(a => a.HostNameType is UriHostNameType.IPv4 or UriHostNameType.IPv6)];
    }

    /// <summary>Drains: readiness goes red, after the drain delay the port stops taking connections, and calls in flight have until the deadline.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var drain = _services.GetRequiredService<DrainState>();
        if (_server is null || drain.Begun) return;
        drain.Begun = true;
        _services.GetRequiredService<SnapshotUpdater>().Draining = true;
        if (_options.DrainDelay > TimeSpan.Zero) await Task.Delay(_options.DrainDelay, _time, cancellationToken);
        var application = _services.GetRequiredService<GatewayApplication>();
        using var cut = new CancellationTokenSource();
        await using var deadline = _time.CreateTimer(_ => Force(), null, _options.Drain, Timeout.InfiniteTimeSpan);
        await using var impatient = cancellationToken.UnsafeRegister(_ => Force(), null);
        await _sockets.QuietenAsync(LastConnections, cut.Token);
        await _server.StopAsync(cut.Token);

        // Said before connections are cut: calls that end by it are not to be taken for callers that left.
        void Force()
        {
            drain.Forced = true;
            Log.CutOff(_logger, application.InFlight, _options.Drain);
            cut.Cancel();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _malformed?.Dispose();
        if (_shell is not null) await _shell.DisposeAsync();
        if (_certificates is not null) await _certificates.DisposeAsync();
    }

    private void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Header bytes pass as they came, in both directions: Latin-1 is the encoding that changes none.
        kestrel.RequestHeaderEncodingSelector = HeaderEncodings.OfRequest;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestBodySize = null; // per route, while streaming (Admit)
        kestrel.Limits.RequestHeadersTimeout = _options.HeadersTimeout;
        // Kestrel's defaults, said here because they are part of what we promise: 414 and 431 beyond them.
        kestrel.Limits.MaxRequestLineSize = 8 * 1024;
        kestrel.Limits.MaxRequestHeadersTotalSize = 32 * 1024;
        kestrel.Limits.MaxRequestHeaderCount = 100;
        kestrel.Limits.KeepAliveTimeout = KeepAlive;
        // Slow-loris in bodies, and in reading answers: slower than this after the grace is nobody's real line.
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));
        kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 240, gracePeriod: TimeSpan.FromSeconds(5));

        var grace = new IdleGrace(_options.IdleGrace, _time);
        var clearText = new ClearText(_options.HeadersTimeout, _time);
        kestrel.Listen(new NeverEndPoint(), clearText.ConfigureHttp2);
        foreach (var address in _options.Listen)
        {
            kestrel.Listen(EndPointOf(address), listen =>
            {
                ((IConnectionBuilder)listen).Use(grace.Around);
                if (_certificates is { } certificates && address.Scheme == Uri.UriSchemeHttps) listen.UseHttps(TlsHandshake.Options(certificates));
                else clearText.Configure(listen);
            });
        }
    }

    private static IPEndPoint EndPointOf(Uri address) => new(
        address.Host switch
        {
            "localhost" => IPAddress.Loopback,
            "*" or "+" => IPAddress.Any,
            var host when IPAddress.TryParse(host.Trim('[', ']'), out var ip) => ip,
            var host => throw new InvalidOperationException($"Cannot listen on '{host}': give an address of this machine, 'localhost', or 0.0.0.0 for all."),
        },
        address.Port);

    private static partial class Log
    {
        [LoggerMessage(1015, LogLevel.Warning, "{Calls} call(s) were still running after the drain time of {Drain} and were cut off")]
        public static partial void CutOff(ILogger logger, int calls, TimeSpan drain);
    }
}
