using Tidegate.Operations.Delivery;
using Tidegate.Tests.Insight.CallLog.Support;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

/// <summary>A rollout of which only the canary is said: 5, 25, 50 and 100 percent, ten minutes each at least, with a hundred calls of each version.</summary>
public sealed class RolloutStepsTests : IAsyncLifetime
{
    private readonly SqliteTestDatabase _database = new();
    private TestCallLog _calls = null!;

    public async ValueTask InitializeAsync() => _calls = await TestCallLog.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _calls.DisposeAsync();
        await _database.DisposeAsync();
    }

    [Fact]
    public async Task Look_DefaultSteps_AreGoneToTheEndAndNotBeforeTheirCalls()
    {
        using var node = await RolloutBench.StartAsync(_database, _calls, "");
        await node.BeginAsync();
        var shares = new List<(int Old, int Next)> { node.Weights };
        foreach (var share in new[] { 5, 25, 50 })
        {
            await node.CallsAsync(1000, 99);
            Assert.Equal(share, (await node.LookAsync(TimeSpan.FromMinutes(11))).Share); // one call is missing
            await node.CallsAsync(10, 1);
            await node.LookAsync(TimeSpan.FromSeconds(10));
            shares.Add(node.Weights);
        }

        Assert.Equal([(95, 5), (75, 25), (50, 50), (0, 100)], shares);
        var ended = await node.LookAsync(TimeSpan.FromMinutes(11));
        Assert.Equal((RolloutState.Promoted, 100), (ended.State, ended.Share));
    }

    [Fact]
    public async Task Look_CallsAreEnoughAndTheTimeIsNotOver_StaysOnItsStep()
    {
        using var node = await RolloutBench.StartAsync(_database, _calls, "");
        await node.BeginAsync();
        await node.CallsAsync(1000, 200);

        Assert.Equal(5, (await node.LookAsync(TimeSpan.FromSeconds(590))).Share);
        Assert.Equal(25, (await node.LookAsync(TimeSpan.FromSeconds(15))).Share);
    }
}
