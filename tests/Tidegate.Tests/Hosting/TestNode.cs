using Microsoft.Extensions.Hosting;
using Tidegate.Hosting;
using Tidegate.Platform.Hosting;
using Tidegate.Status;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Hosting;

/// <summary>A real node on free loopback ports and a data directory of its own; only what feeds the gateway is a stand-in.</summary>
internal sealed class TestNode : IAsyncDisposable
{
    private static readonly string[] Real = ["Storage", "Audit", "Security"];
    private readonly TempDirectory _directory;

    private TestNode(TempDirectory directory, Node node, PortsModule ports)
    {
        _directory = directory;
        Node = node;
        Ports = ports;
        Http = new HttpClient { BaseAddress = node.Admin };
    }

    public Node Node { get; }

    public PortsModule Ports { get; }

    /// <summary>A client of the admin port, without a login.</summary>
    public HttpClient Http { get; }

    public static ProcessOptions Options(string directory) =>
        new() { DataDirectory = directory, Listen = [new("http://127.0.0.1:0")], Admin = new("http://127.0.0.1:0"), Drain = TimeSpan.FromSeconds(5) };

    public static IReadOnlyList<Module> ModulesWith(PortsModule ports) => [.. Modules.All.Where(module => Real.Contains(module.Name)), ports, new StatusModule()];

    public static async Task<TestNode> StartAsync(BackgroundService? work = null, TimeProvider? time = null)
    {
        var directory = new TempDirectory();
        var ports = new PortsModule(work);
        var node = Node.Build(Options(directory.Path), ModulesWith(ports), time ?? TimeProvider.System);
        await node.StartAsync(TestContext.Current.CancellationToken);
        return new TestNode(directory, node, ports);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Node.StopAsync();
        await Node.DisposeAsync();
        _directory.Dispose();
    }
}
