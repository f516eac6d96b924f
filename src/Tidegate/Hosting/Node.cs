using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Tidegate.Cli;
using Tidegate.Core.Ports;
using Tidegate.Gateway;
using Tidegate.Hosting.Admin;
using Tidegate.Hosting.Memory;
using Tidegate.Hosting.Supervision;
using Tidegate.Platform.Hosting;
using Tidegate.Platform.Storage;
using Tidegate.Status;

namespace Tidegate.Hosting;

/// <summary>
/// One running Tidegate. Start: modules in order, then the traffic port, then the admin port. Stop: readiness goes red and calls in flight are
/// drained, then the admin port closes, then the modules flush, last one first.
/// </summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DataDirectory _data;
    private readonly GatewayServer _gateway;
    private readonly ProcessOptions _options;

    private Node(WebApplication app, DataDirectory data, ProcessOptions options)
    {
        _app = app;
        _data = data;
        _options = options;
        _gateway = app.Services.GetRequiredService<GatewayServer>();
    }

    /// <summary>Everything registered.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Everything the admin port answers.</summary>
    public IEnumerable<RouteEndpoint> Endpoints => ((IEndpointRouteBuilder)_app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();

    /// <summary>Where traffic is taken, with real ports.</summary>
    public IReadOnlyList<Uri> Traffic => _gateway.Addresses;

    /// <summary>Where the admin API is, with its real port.</summary>
    public Uri Admin => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>The data directory in use.</summary>
    public string DataPath => _data.Path;

    /// <summary>Puts the process together; nothing runs yet.</summary>
    public static Node Build(ProcessOptions options, IReadOnlyList<Module> modules, TimeProvider time)
    {
        var data = DataDirectory.Open(options.DataDirectory);
        try
        {
            options = options with { DataDirectory = data.Path };
            // Empty: no appsettings.json of whatever directory we were started in, no ASPNETCORE_* variables, no console lifetime.
            var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "tidegate" });
            builder.Services.AddSingleton(options).AddSingleton(time);
            builder.Services.AddSingleton<IRandomSource, SystemRandom>();
            builder.Services.AddSingleton<IHostLifetime, ForeignLifetime>();
            builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.DrainDelay + options.Drain + TimeSpan.FromSeconds(30));
            builder.Logging.AddNodeLogging(options);
            builder.Services.AddModules(modules, options);
            builder.Services.AddHostedService<MemoryTrim>();
            builder.Services.AddGateway(GatewayOptionsOf(options));
            AdminPort.Register(builder, options);
            var app = builder.Build();
            AdminPort.Map(app, modules);
            app.Services.GetService<NodeStatusReader>(); // its uptime begins now, not when somebody first asks
            return new Node(app, data, options);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Starts everything, or throws <see cref="VerbFailure"/> with one line that says why not.</summary>
    public async Task StartAsync(CancellationToken cancel)
    {
        ErrorPaths.Load();
        ListenProbe.Check(_options);
        try
        {
            await StartOrUndoAsync(cancel);
        }
        catch (IOException taken) when (taken.InnerException is AddressInUseException or SocketException)
        {
            throw new VerbFailure(ExitCode.AddressInUse, taken.Message.TrimEnd('.') + ".") { Action = "Stop what listens there, or choose other addresses with --listen and --admin." };
        }
        catch (StateUnavailableException unusable)
        {
            // Nothing else has been written of it yet, and this is the operator's own terminal.
            throw new VerbFailure(ExitCode.DataDirectory, unusable.Message)
            {
                Details = unusable.InnerException is { } cause ? [cause.GetBaseException().Message] : [],
                Action = "Restore it, or name another with --data or --database.",
            };
        }
        catch (SocketException denied)
        {
            throw new VerbFailure(ExitCode.AddressInUse, $"Cannot listen on {string.Join(", ", _options.Listen.Append(_options.Admin))}: {denied.Message}.")
            {
                Action = "Choose addresses of this machine and ports this user may open with --listen and --admin.",
            };
        }
    }

    /// <summary>Stops everything in order, waiting for calls in flight no longer than the drain time.</summary>
    public async Task StopAsync()
    {
        await _gateway.StopAsync(CancellationToken.None);
        await _app.StopAsync(CancellationToken.None);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _data.Dispose();
    }

    // What had started before the failure stops in order, as at any other end.
    private async Task StartOrUndoAsync(CancellationToken cancel)
    {
        try
        {
            await _app.StartAsync(cancel);
        }
        catch
        {
            await _app.StopAsync(CancellationToken.None);
            throw;
        }
    }

    private static GatewayOptions GatewayOptionsOf(ProcessOptions options) => new()
    {
        Listen = options.Listen,
        CertificateDirectory = options.CertificateDirectory,
        Zone = options.Zone,
        TrustedProxies = options.TrustedProxies,
        Drain = options.Drain,
        DrainDelay = options.DrainDelay,
        TraceShare = options.TraceShare,
    };
}
