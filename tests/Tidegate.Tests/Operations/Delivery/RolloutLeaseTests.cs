using Tidegate.Operations.Delivery;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Platform.ConfigStore;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

public sealed class RolloutLeaseTests(PostgresServer server) : IAsyncDisposable
{
    private readonly PostgresTestDatabase _database = new(server);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Look_AnotherNodeHoldsTheLease_DoesNothing()
    {
        await using var calls = await TestCallLog.StartAsync();
        using var first = await RolloutBench.StartAsync(_database, calls, "minCalls: 60");
        using var leader = await RolloutBench.AgainAsync(_database, calls, shared: true);
        using var other = await RolloutBench.AgainAsync(_database, calls, shared: true);
        await leader.Worker.LookAsync(Cancel);
        await first.Store.StartAsync(new RolloutRequest { Route = "orders" }, ConfigNode.Ada, Cancel);

        await other.Worker.LookAsync(Cancel);
        Assert.Empty(await first.Config.Overlays.ListAsync(all: false, Cancel));
        await leader.Worker.LookAsync(Cancel);
        Assert.Single(await first.Config.Overlays.ListAsync(all: false, Cancel));
    }
}
