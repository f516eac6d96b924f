using Tidegate.Tests.Cli;
using Tidegate.Tests.Support;

namespace Tidegate.Tests.Operations.Delivery;

/// <summary>Rollouts in a whole node, by its verbs: which gates are asked, and who may begin one although one denies.</summary>
public sealed class RolloutEndpointTests : IAsyncLifetime
{
    private ModelNode _node = null!;

    public async ValueTask InitializeAsync() => _node = await ModelNode.StartAsync();

    public ValueTask DisposeAsync() => _node.DisposeAsync();

    // The canary of a service that burns, or is frozen, mostly has a name of its own that no objective and no freeze knows.
    [Fact]
    public async Task Start_ServicesOfTheSplitAreFrozen_IsDeniedForEachUnlessItIsOverridden()
    {
        await _node.ApplyAsync(RolloutBench.Documents("steps: [5, 100], minCalls: 60"));
        foreach (var service in new[] { "shop", "shop-next" }) await _node.RunAsync("freeze", "start", service, "--for", "1h", "-m", "sale of the year");

        var (code, terminal) = await StartAsync();

        Assert.Equal(9, code);
        foreach (var service in new[] { "shop", "shop-next" }) Assert.Contains($"Denied: 1 reason speaks against a release of {service}. {service} is frozen since", terminal.Errors, StringComparison.Ordinal);
        Assert.Contains("'tidegate gate --service shop-next --wait 30m' waits", terminal.Errors, StringComparison.Ordinal);
        Assert.Equal("[]", (await _node.RunAsync("rollout", "list", "--all", "-o", "json")).Terminal.Output.Trim());
        Assert.Equal(0, (await _node.RunAsync("rollout", "start", "orders", "--override", "it has to be")).Code);
    }

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

    // A node that has judged nothing yet does not let releases pass.
    private async Task<(int Code, FakeTerminal Terminal)> StartAsync()
    {
        while (true)
        {
            var (code, terminal) = await _node.RunAsync("rollout", "start", "orders");
            if (!terminal.Errors.Contains("has just started", StringComparison.Ordinal)) return (code, terminal);
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }
    }
}
