using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Gateway;

/// <summary>The traffic port: a Kestrel of its own with our application on it, so that admin work and traffic share no pipeline.</summary>
public sealed class GatewayServer : IHostedService, IAsyncDisposable
{
    private readonly GatewayOptions _options;
    private readonly ILoggerFactory _loggers;
    private readonly Func<GatewayApplication> _application;
    private readonly Func<SnapshotUpdater> _updater;
    private WebApplication? _shell;
    private IServer? _server;

    internal GatewayServer(GatewayOptions options, ILoggerFactory loggers, Func<GatewayApplication> application, Func<SnapshotUpdater> updater)
    {
        _options = options;
        _loggers = loggers;
        _application = application;
        _updater = updater;
    }

    /// <summary>Addresses in use, with the real port where 0 was asked for.</summary>
    public IReadOnlyList<Uri> Addresses { get; private set; } = [];

    /// <inheritdoc/>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _updater().Start();
        // The empty builder brings Kestrel and its TLS services, and nothing else: the shell itself is never run.
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton(_loggers);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(Configure);
        _shell = builder.Build();
        _server = _shell.Services.GetRequiredService<IServer>();
        var addresses = _server.Features.Get<IServerAddressesFeature>()!;
        foreach (var address in _options.Listen) addresses.Addresses.Add(address.ToString());
        await _server.StartAsync(_application(), cancellationToken);
        Addresses = [.. addresses.Addresses.Select(a => new Uri(a))];
    }

    /// <inheritdoc/>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_server is null) return;
        _updater().Draining = true;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(_options.Drain);
        await _server.StopAsync(deadline.Token);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_shell is not null) await _shell.DisposeAsync();
    }

    private static void Configure(KestrelServerOptions kestrel)
    {
        kestrel.AddServerHeader = false;
        // Header bytes pass as they came, in both directions: Latin-1 is the encoding that changes none.
        kestrel.RequestHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.ResponseHeaderEncodingSelector = static _ => Encoding.Latin1;
        kestrel.Limits.MaxRequestBodySize = null; // per route, while streaming (Admit)
    }
}
