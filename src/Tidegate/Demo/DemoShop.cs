using Tidegate.Core.Ports;

namespace Tidegate.Demo;

/// <summary>
/// The sample service: three replicas, on the ports of demo/services.yaml where these are free and on any others where not. Two demos beside each
/// other do not meet, and one that is started again mostly finds its old addresses.
/// </summary>
internal sealed class DemoShop : IAsyncDisposable
{
    /// <summary>Share of calls that go wrong at the unreliable replica.</summary>
    private const double Trouble = 0.12;

    private static readonly (string Name, int Port, double Trouble)[] Replicas = [("shop-a", 9101, 0), ("shop-b", 9102, 0), ("shop-c", 9103, Trouble)];
    private readonly List<ShopReplica> _running = [];
    private readonly Dictionary<string, string> _addresses = new(StringComparer.Ordinal);

    /// <summary>Authority as written in demo/services.yaml, to the one in use.</summary>
    public IReadOnlyDictionary<string, string> Addresses => _addresses;

    /// <summary>Starts all replicas.</summary>
    public static async Task<DemoShop> StartAsync(IRandomSource random, TimeProvider time, CancellationToken cancel)
    {
        var shop = new DemoShop();
        try
        {
            foreach (var (name, port, trouble) in Replicas)
            {
                var replica = await StartAsync(port, free => ShopReplica.StartAsync(name, free, trouble, random, time, cancel));
                shop._running.Add(replica);
                shop._addresses.Add($"127.0.0.1:{port}", replica.Address.Authority);
            }

            return shop;
        }
        catch
        {
            await shop.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var replica in _running) await replica.DisposeAsync();
    }

    // Listening is the only question to the system that has an answer which still holds a moment later.
    private static async Task<ShopReplica> StartAsync(int wanted, Func<int, Task<ShopReplica>> start)
    {
        try
        {
            return await start(wanted);
        }
        catch (IOException)
        {
            return await start(0);
        }
    }
}
