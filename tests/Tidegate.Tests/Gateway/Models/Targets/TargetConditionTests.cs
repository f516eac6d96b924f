using System.Net.Http.Headers;
using System.Text;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Models.Targets;

/// <summary>Targets that take only some calls: by tokens, tools, images, consumer, header. The last target takes all.</summary>
public sealed class TargetConditionTests
{
    private const string Plain = """{"model":"fast","messages":[{"role":"user","content":"hi"}]}""";
    private const string Tools = """{"model":"fast","messages":[{"role":"user","content":"hi"}],"tools":[{"type":"function","function":{"name":"f","parameters":{"type":"object"}}}]}""";
    private const string Image = """{"model":"fast","messages":[{"role":"user","content":[{"type":"text","text":"what"},{"type":"image_url","image_url":{"url":"data:image/png;base64,iVBORw0KGgo="}}]}]}""";

    [Fact]
    public async Task Tokens()
    {
        var longer = Plain.Replace("hi", new string('x', 2000), StringComparison.Ordinal);

        Assert.Equal((true, false), await TakesAsync(new TargetConditionConfig { MaxTokens = 100 }, Plain, longer));
        Assert.Equal((false, true), await TakesAsync(new TargetConditionConfig { MinTokens = 100 }, Plain, longer));
    }

    [Fact]
    public async Task ToolsAndImages()
    {
        Assert.Equal((false, true), await TakesAsync(new TargetConditionConfig { Tools = true }, Plain, Tools));
        Assert.Equal((true, false), await TakesAsync(new TargetConditionConfig { Tools = false }, Plain, Tools));
        Assert.Equal((false, true), await TakesAsync(new TargetConditionConfig { Images = true }, Plain, Image));
        Assert.Equal((true, false), await TakesAsync(new TargetConditionConfig { Images = false }, Plain, Image));
    }

    [Fact]
    public async Task Consumer()
    {
        await using var gateway = await StartAsync(new TargetConditionConfig { Consumers = ["gold"] });

        Assert.True(await TakesAsync(gateway, Plain, ("Authorization", "Bearer gold-key")));
        Assert.False(await TakesAsync(gateway, Plain, ("Authorization", "Bearer tin-key")));
    }

    [Fact]
    public async Task Headers_AllOfThemMustHold()
    {
        await using var gateway = await StartAsync(new TargetConditionConfig { Headers = [new ValueMatchConfig { Name = "X-Tier", OneOf = ["gold", "silver"] }, new ValueMatchConfig { Name = "X-Test", Not = true }] });

        Assert.True(await TakesAsync(gateway, Plain, ("x-tier", "silver")));
        Assert.False(await TakesAsync(gateway, Plain, ("X-Tier", "tin")));
        Assert.False(await TakesAsync(gateway, Plain));
        Assert.False(await TakesAsync(gateway, Plain, ("X-Tier", "gold"), ("X-Test", "1")));
    }

    private static Resource<ProviderConfig> Fake => new() { ApiVersion = "tidegate/v1", Kind = "Provider", Metadata = new ResourceMetadata { Name = "fake" }, Spec = new ProviderConfig { Vendor = "fake" } };

    private static Task<TestGateway> StartAsync(TargetConditionConfig when) => TestGateway.StartAsync(
        Config.Document(
            Fake,
            ModelSetup.Model("fast", new ModelConfig { Targets = [new TargetConfig { Provider = "fake", Model = "echo?tokens=1", When = when }, new TargetConfig { Provider = "fake", Model = "echo?tokens=2" }] }),
            Config.Consumer("gold"), Config.Consumer("tin"),
            Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone with { ApiKey = new ApiKeyConfig() } })),
        Config.Key("k1", "gold", "gold-key"), Config.Key("k2", "tin", "tin-key"));

    private static async Task<(bool One, bool Two)> TakesAsync(TargetConditionConfig when, string one, string two)
    {
        await using var gateway = await StartAsync(when);
        return (await TakesAsync(gateway, one), await TakesAsync(gateway, two));
    }

    private static async Task<bool> TakesAsync(TestGateway gateway, string body, params (string Name, string Value)[] headers)
    {
        using var answer = await gateway.SendAsync(
            HttpMethod.Post, "/v1/chat/completions",
            h =>
            {
                foreach (var (name, value) in headers) h.TryAddWithoutValidation(name, value);
            },
            new StringContent(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        return answer.Headers.GetValues("X-Tidegate-Target").Single() == "fake/echo?tokens=1";
    }
}
