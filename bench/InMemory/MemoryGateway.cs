using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Gateway;
using Tidegate.Gateway.Request;
using Tidegate.Gateway.Snapshot;

namespace Tidegate.Benchmarks.InMemory;

/// <summary>The whole gateway behind its application object, the sockets on both sides cut off. One call at a time, on the thread that asks.</summary>
internal sealed class MemoryGateway : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly GatewayApplication _application;
    private readonly MemoryUpstream _upstream;
    private readonly MemoryExchange _exchange;

    public MemoryGateway(Scenario scenario, ICallSink? sink = null)
    {
        Sink = new LastCall(sink);
        _upstream = new MemoryUpstream(scenario.Answer);
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IConfigSource>(new MemorySource(scenario.Document, scenario.Keys)).AddSingleton<ICallSink>(Sink).AddSingleton<ISecretSource, NoSecrets>();
        services.AddSingleton<IRandomSource, RandomSource>().AddSingleton(TimeProvider.System);
        services.AddSingleton<IHostApplicationLifetime, Forever>();
        services.AddGateway(new GatewayOptions { TraceShare = 0.01 });
        _services = services.BuildServiceProvider();
        _services.GetRequiredService<SnapshotUpdater>().Start();
        _application = _services.GetRequiredService<GatewayApplication>();
        Snapshot = _services.GetRequiredService<SnapshotHolder>().Current ?? throw new InvalidOperationException("The scenario's configuration was refused.");
        foreach (var destination in Snapshot.Services.SelectMany(s => s.Destinations)) HandlerOf(destination.Client) = _upstream;
        foreach (var provider in Snapshot.Models.Providers) HandlerOf(provider.Connections.Client) = _upstream;
        _exchange = new MemoryExchange(scenario.Method, scenario.Targets, scenario.Body, scenario.Headers);
    }

    /// <summary>What calls are decided by.</summary>
    public GatewaySnapshot Snapshot { get; }

    /// <summary>Where records go.</summary>
    public LastCall Sink { get; }

    /// <summary>One call from the server's hand to the end of its record.</summary>
    public int Call()
    {
        _exchange.Next();
        var context = _application.CreateContext(_exchange);
        var running = _application.ProcessRequestAsync(context);
        _upstream.Answer();
        if (!running.IsCompletedSuccessfully) throw new InvalidOperationException("The call waits for something that is not the upstream, or failed.", running.Exception);
        _application.DisposeContext(context, null);
        return _exchange.StatusCode;
    }

    public void Dispose() => _services.Dispose();

    // The product has no seam to replace its connections by, and needs none: this is the only user.
    [UnsafeAccessor(UnsafeAccessorKind.Field, Name = "_handler")]
    private static extern ref HttpMessageHandler HandlerOf(HttpMessageInvoker client);

    /// <summary>Keeps the last record, to see that the call was what it should be.</summary>
    internal sealed class LastCall(ICallSink? next) : ICallSink
    {
        public CallRecord? Record { get; private set; }

        public bool TryWrite(CallRecord record)
        {
            Record = record;
            return next?.TryWrite(record) ?? true;
        }
    }
}
