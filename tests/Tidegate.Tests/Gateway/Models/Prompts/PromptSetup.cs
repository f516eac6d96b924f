using System.Text.Json;
using Tidegate.Core.Resources;
using Tidegate.Core.Resources.Models;
using Tidegate.Core.Resources.Prompts;
using Tidegate.Core.Resources.Providers;
using Tidegate.Core.Resources.Routes;
using Tidegate.Tests.Gateway.Models.Support;
using Tidegate.Tests.Gateway.Support;

namespace Tidegate.Tests.Gateway.Models.Prompts;

/// <summary>Prompt <c>triage</c> for alias <c>fast</c>, behind a route open to anybody.</summary>
internal static class PromptSetup
{
    public const string At = "/v1/prompts/triage";
    public const string Schema = """{"type":"object","required":["n"],"properties":{"n":{"type":"integer"}}}""";

    /// <summary>A version: what the system says, and a ticket with how urgent it is.</summary>
    public static PromptVersionConfig Version(string name = "1", string system = "Sort tickets.") => new()
    {
        Version = name,
        Model = "fast",
        Messages =
        [
            new PromptMessageConfig { Role = PromptRole.System, Template = system },
            new PromptMessageConfig { Template = "{{ ticket }}{% if urgency > 1 %} (urgent){% endif %}" },
        ],
        Variables = [new VariableConfig { Name = "ticket", Description = "What the customer wrote.", MaxLength = 1000 }, new VariableConfig { Name = "urgency", Type = VariableType.Integer, Required = false, Minimum = 0, Maximum = 3 }],
        Examples = [new PromptExampleConfig { Name = "broken", Variables = JsonDocument.Parse("""{"ticket":"It is broken."}""").RootElement }],
    };

    public static PromptConfig Prompt(params PromptVersionConfig[] versions) => new() { Release = versions[0].Version, Versions = versions };

    public static Resource<PromptConfig> Resource(string name, PromptConfig spec) => new()
    {
        ApiVersion = "tidegate/v1", Kind = "Prompt", Metadata = new ResourceMetadata { Name = name }, Spec = spec,
    };

    public static ConfigDocument Document(PromptConfig prompt, ChatUpstream upstream, Func<ModelConfig, ModelConfig>? change = null, params Resource[] more) =>
        Document(prompt, ModelSetup.Provider("p1", upstream.Address), change, more);

    public static ConfigDocument Document(PromptConfig prompt, Resource<ProviderConfig> provider, Func<ModelConfig, ModelConfig>? change = null, params Resource[] more)
    {
        var model = new ModelConfig { Targets = [new TargetConfig { Provider = "p1", Model = "m-p1" }] };
        return Config.Document(
        [
            provider with { Spec = provider.Spec with { Models = [new ProviderModelConfig { Name = "m-p1", Price = new ModelPriceConfig { Currency = "USD", InputPerMillion = 2, OutputPerMillion = 10 } }] } },
            ModelSetup.Model("fast", change is null ? model : change(model)),
            Resource("triage", prompt),
            .. more.Any(r => r.Kind == "Route") ? [] : new Resource[] { Config.Route("models", new RouteConfig { Models = new ModelsConfig(), Identify = Config.Anyone }) },
            .. more,
        ]);
    }

    public static Task<TestGateway> StartAsync(PromptConfig prompt, ChatUpstream upstream, Func<ModelConfig, ModelConfig>? change = null, params Resource[] more) =>
        TestGateway.StartAsync(Document(prompt, upstream, change, more));
}
