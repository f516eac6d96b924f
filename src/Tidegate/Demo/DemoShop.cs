using Tidegate.Cli;
using Tidegate.Core.Ports;

namespace Tidegate.Demo;

/// <summary>The sample service: three replicas where demo/services.yaml expects them.</summary>
internal sealed class DemoShop : IAsyncDisposable
{
    /// <summary>Share of calls that go wrong at the unreliable replica.</summary>
    private const double Trouble = 0.12;

    private static readonly (string Name, int Port, double Trouble)[] Replicas = [("shop-a", 9101, 0), ("shop-b", 9102, 0), ("shop-c", 9103, Trouble)];
    private readonly List<ShopReplica> _running = [];

    /// <summary>Starts all replicas, or says which port is taken.</summary>
    public static async Task<DemoShop> StartAsync(IRandomSource random, TimeProvider time, CancellationToken cancel)
    {
        var shop = new DemoShop();
        foreach (var (name, port, trouble) in Replicas)
        {
            try
            {
                shop._running.Add(await ShopReplica.StartAsync(name, port, trouble, random, time, cancel));
            }
            catch (IOException taken)
            {
                await shop.DisposeAsync();
                throw new VerbFailure(ExitCode.AddressInUse, $"The sample service cannot listen on 127.0.0.1:{port}: {taken.Message.TrimEnd('.')}.")
                {
                    Action = "Stop what listens there; another demo, perhaps?",
                };
            }
        }

        return shop;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _running) await replica.DisposeAsync();
    }
}
