using System.Text.Json.Nodes;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Gateway.Models;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Models;

/// <summary>What Ollama's clients ask before they talk.</summary>
public sealed class OllamaCardTests
{
    [Fact]
    public async Task Version_IsThatOfTheApiSpoken()
    {
        await using var gateway = await StartAsync();
        using var answer = await gateway.GetAsync("/api/version");

        Assert.Equal($$"""{"version":"{{OllamaCard.ApiVersion}}"}""", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(405, (await gateway.AskAsync("{}", "/api/version")).Status);
    }

    [Fact]
    public async Task Show_TellsWindowAndAbilities_AsFarAsTheyAreKnownOfAllTargets()
    {
        await using var gateway = await StartAsync();

        var known = await ShowAsync(gateway, "known");
        Assert.Equal((128_000, "tidegate", "known"), ((int)known["model_info"]!["tidegate.context_length"]!, (string?)known["model_info"]!["general.architecture"], (string?)known["model_info"]!["general.basename"]));
        Assert.Equal(["completion", "tools", "vision"], known["capabilities"]!.AsArray().Select(c => (string)c!));
        Assert.Equal("tidegate", (string?)known["details"]!["family"]);
        var mixed = await ShowAsync(gateway, "mixed");
        Assert.Equal(["completion"], mixed["capabilities"]!.AsArray().Select(c => (string)c!));
        Assert.Null((await ShowAsync(gateway, "unknown"))["model_info"]!["tidegate.context_length"]);
    }

    [Fact]
    public async Task Show_TakesTheOlderName()
    {
        await using var gateway = await StartAsync();

        var (status, body) = await gateway.AskAsync("""{"name":"known"}""", "/api/show");

        Assert.Equal((200, "known"), (status, (string?)JsonNode.Parse(body)!["model_info"]!["general.basename"]));
    }

    [Fact]
    public async Task Show_WhatIsNotThere_IsToldInTheDialect()
    {
        await using var gateway = await StartAsync();

        var (status, body) = await gateway.AskAsync("""{"model":"knwon"}""", "/api/show");
        Assert.Equal(404, status);
        Assert.Contains("known", (string)JsonNode.Parse(body)!["error"]!, StringComparison.Ordinal);
        Assert.Equal(400, (await gateway.AskAsync("{}", "/api/show")).Status);
        using var got = await gateway.GetAsync("/api/show");
        Assert.Equal(405, (int)got.StatusCode);
    }

    private static async Task<JsonNode> ShowAsync(TestGateway gateway, string model)
    {
        var (status, body) = await gateway.AskAsync($$"""{"model":"{{model}}","verbose":true}""", "/api/show");
        Assert.True(status == 200, body);
        return JsonNode.Parse(body)!;
    }

    private static Task<TestGateway> StartAsync() => TestGateway.StartAsync(Config.Document(
        Provider("openai"), Provider("fake"),
        Alias("known", ("openai", "gpt-4o")), Alias("mixed", ("openai", "gpt-4o"), ("fake", "echo")), Alias("unknown", ("fake", "echo")),
        Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone })));

    private static Resource<ProviderConfig> Provider(string vendor) => new()
    {
        ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = vendor },
        Spec = new ProviderConfig { Vendor = vendor, Keys = vendor == "fake" ? [] : [new ProviderKeyConfig { Name = "k", Secret = "s" }] },
    };

    private static Resource<ModelConfig> Alias(string name, params (string Provider, string Model)[] targets) =>
        ModelSetup.Model(name, new ModelConfig { Targets = [.. targets.Select(t => new TargetConfig { Provider = t.Provider, Model = t.Model })] });
}
