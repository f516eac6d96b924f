using Tidegate.Core.Calls;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>A provider that is the gateway itself.</summary>
public sealed class OwnAddressTests
{
    [Fact]
    public async Task ProviderIsTheGatewayItself_EveryAttemptEndsAfterOneRound()
    {
        await using var gateway = await TestGateway.StartAsync(ConfigDocument.Empty);
        gateway.Apply(Config.Document(
            Provider("p1", gateway.Address, "provider-key"), Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "fast" }] }),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));

        using var answer = await gateway.SendAsync(HttpMethod.Post, "/v1/chat/completions", null,
            new StringContent("""{"model":"fast","messages":[{"role":"user","content":"hi"}]}""", System.Text.Encoding.UTF8, "application/json"));

        Assert.False(answer.IsSuccessStatusCode);
        var outer = await gateway.Calls.NextAsync();
        while (outer.Outcome == CallOutcome.GatewayError && outer.Route.Length == 0) outer = await gateway.Calls.NextAsync();
        Assert.InRange(gateway.Calls.Records.Count, 2, 10); // attempts, each refused at once
        Assert.Single(gateway.Calls.Records, r => r.Route == "models");
    }
}
