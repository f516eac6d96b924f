using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;
using static Tidegate.Tests.Gateway.Models.Support.ModelSetup;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>The vendor for demonstrations, reached as any other.</summary>
public sealed class FakeVendorTests
{
    [Theory]
    [InlineData("echo", AskStream)]
    [InlineData("echo?dialect=anthropic_messages", AskStream)]
    [InlineData("echo?dialect=gemini", Ask)]
    public async Task Echo_InAnyDialect_ComesBack(string model, string request)
    {
        await using var gateway = await StartAsync([model]);

        var (status, body) = await gateway.AskAsync(request);

        Assert.True(status == 200, body);
        Assert.Contains("hi", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Down_TheNextTargetAnswers()
    {
        await using var gateway = await StartAsync(["down", "echo?dialect=anthropic_messages"]);

        Assert.Equal(200, (await gateway.AskAsync(Ask)).Status);
        Assert.Equal("fake/echo?dialect=anthropic_messages", (await gateway.Calls.NextAsync()).Destination);
    }

    private static Task<TestGateway> StartAsync(string[] models) => TestGateway.StartAsync(Config.Document(
        new Resource<ProviderConfig> { ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = "fake" }, Spec = new ProviderConfig { Vendor = "fake" } },
        Model("fast", new ModelConfig { Targets = [.. models.Select(m => new TargetConfig { Provider = "fake", Model = m })] }),
        Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));
}
