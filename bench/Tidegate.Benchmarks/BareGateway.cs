using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tidegate.Benchmarks.InMemory;
using Tidegate.Core.Calls;
using Tidegate.Core.Ports;
using Tidegate.Gateway;

namespace Tidegate.Benchmarks;

/// <summary>The traffic plane alone on real sockets, without stores, admin port and call log: what is left of a profile when those are taken away.</summary>
internal static class BareGateway
{
    /// <summary>Serves a scenario until the process is told to stop.</summary>
    public static async Task RunAsync(Uri listen, Uri upstream, Scenario scenario)
    {
        var services = new ServiceCollection();
        services.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance).AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        services.AddSingleton<IConfigSource>(new MemorySource((scenario with { Upstreams = [upstream] }).Document, scenario.Keys)).AddSingleton<ICallSink, Nowhere>();
        services.AddSingleton<ISecretSource, NoSecrets>().AddSingleton<IRandomSource, RandomSource>().AddSingleton(TimeProvider.System).AddSingleton<IHostApplicationLifetime, Forever>();
        services.AddGateway(new GatewayOptions { Listen = [listen] });
        await using var provider = services.BuildServiceProvider();
        foreach (var service in provider.GetServices<IHostedService>()) await service.StartAsync(CancellationToken.None);
        await Task.Delay(Timeout.InfiniteTimeSpan);
    }

    private sealed class Nowhere : ICallSink
    {
        public bool TryWrite(CallRecord record) => true;
    }
}
