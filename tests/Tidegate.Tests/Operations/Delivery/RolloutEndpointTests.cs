using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

/// <summary>Rollouts in a whole node, by its verbs: who may begin one although the gate denies.</summary>
public sealed class RolloutEndpointTests : IAsyncLifetime
{
    private ModelNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await ModelNode.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    [Fact]
    public async Task Start_OverrideWithoutItsPermission_IsRefusedAndBeginsNothing()
    {
        await _node.ApplyAsync(RolloutBench.Documents("steps: [5, 100], minCalls: 60"));
        var token = (await _node.RunAsync("tokens", "create", "ci", "--role", "operator", "--scope", "delivery.rollout", "--scope", "delivery.read")).Terminal.Output.Trim();

        var (code, terminal) = await _node.RunAsAsync(token, "", "rollout", "start", "orders", "--override", "it has to be");

        Assert.Equal(4, code);
        Assert.Contains("The permission delivery.override is missing.", terminal.Errors, StringComparison.Ordinal);
        Assert.Equal("[]", (await _node.RunAsAsync(token, "", "rollout", "list", "--all", "-o", "json")).Terminal.Output.Trim());
    }
}
